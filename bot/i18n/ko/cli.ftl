### The command line: help, importing an organisation, and the doctor.

## Help

cli-usage = 사용법:
cli-about = 일은 빼고 혁신은 곱빼기. 명령을 적지 않으면 all로 시작하고, Slack 설정이 없으면 체험판을 엽니다.
cli-commands = 명령
cli-command = 명령
cli-options = 옵션
cli-arguments = 적을 것
cli-command-all = 봇 전체를 프로세스 하나로 실행합니다.
cli-command-socket = Slack과 소켓 모드로 주고받는 부분만 실행합니다.
cli-command-web = Slack과 HTTP로 주고받는 부분만 실행합니다.
cli-command-worker = 예약된 일과 메시지 발송만 실행합니다.
cli-command-playground = Slack 없이 이 컴퓨터에서 예시 조직으로 체험합니다.
cli-command-migrate = 데이터베이스를 최신 구조로 바꿉니다.
cli-command-org = 조직을 관리합니다.
cli-command-import = 조직 명단(CSV, XLSX)으로 바뀌는 것을 보여 줍니다. --apply를 붙이면 적용합니다.
cli-command-doctor = 토큰, 권한, 채널, 데이터베이스, 시계, 조직을 점검하고 고치는 법을 알려 줍니다.
cli-option-help = 이 도움말을 보여 줍니다.
cli-option-lang = 출력 언어(ko 또는 en). 적지 않으면 LANG을 따릅니다.
cli-option-http = 소켓 모드 대신 서명된 HTTP로 주고받습니다.
cli-option-fresh = 지난 체험 내용을 지우고 새로 시작합니다.
cli-option-tasks = 예시 과제 수(기본 { $default })
cli-option-ballot = 직원이 있는 두 실·국의 부서 투표를 열어 둠
cli-option-port = 체험 화면의 포트(기본 { $default })
cli-option-apply = 보여 준 대로 적용합니다.
cli-argument-file = 조직 명단 파일

## Commands that are not understood

cli-not-understood = 명령을 알아볼 수 없습니다({ $reason }). { $help }로 쓰는 법을 확인해 주세요.
cli-not-a-number = 0부터 { $most }까지의 정수를 적어 주세요

## Running

cli-playground = 체험 화면: { $url } (끝내려면 Ctrl+C)
cli-playground-taken =
    { $port }번 포트를 다른 프로그램이 쓰고 있어 시작하지 못했습니다.
    체험을 이미 켜 두셨다면 http://127.0.0.1:{ $port } 주소를 열어 주세요.
    아니면 다른 포트로 시작해 주세요: make run ARGS="--port { $other }"
cli-port-taken = { $port }번 포트를 다른 프로그램이 쓰고 있어 시작하지 못했습니다. 그 프로그램을 끝내거나 환경 변수 PORT에 다른 포트를 적어 주세요(예: PORT={ $other }).
cli-no-database = 데이터베이스를 사용할 수 없습니다({ $reason }). python -m bot doctor로 고칠 곳을 확인해 주세요.
cli-stopping = 종료하고 있습니다.

## Importing an organisation

cli-no-file = { $file } 파일을 열 수 없습니다({ $reason }). 경로와 읽기 권한을 확인해 주세요.
cli-import-refused = 고칠 곳이 { $count }건 있어 아무것도 적용하지 않았습니다. 모두 고친 뒤 다시 실행해 주세요.
cli-import-unknown = 적용되었는지 확인하지 못했습니다. 같은 명령을 --apply 없이 실행해 남은 변경이 있는지 확인해 주세요.
cli-import-applied = 적용했습니다.
cli-import-dry = 아직 적용하지 않았습니다. 이대로 적용하려면 같은 명령에 --apply를 붙여 주세요.
cli-import-nothing = 적용할 것이 없습니다.

## The doctor

specimen = 본보기

doctor-fine = ✓ 정상: { $what }
doctor-wrong = ✗ 문제: { $what }
doctor-mend = {"    "}→ { $mend }
doctor-summary =
    { $wrong ->
        [0] { $checks }건을 점검했고 모두 정상입니다.
       *[other] { $checks }건을 점검했고 { $wrong }건에 문제가 있습니다.
    }

doctor-database = 사용하는 데이터베이스: { $place }
doctor-database-away = 데이터베이스에 연결할 수 없습니다({ $reason }).
doctor-database-away-mend = DATABASE_URL의 주소와 비밀번호, 데이터베이스 서버가 켜져 있는지, SQLite라면 폴더의 권한을 확인해 주세요.
doctor-tables-old = 데이터베이스 구조가 이 버전과 다릅니다(지금 { $stored }, 필요 { $newest }).
doctor-tables-old-mend = python -m bot migrate를 실행해 주세요. 더 최신 버전의 봇이 쓰던 데이터베이스라면 봇을 업데이트해 주세요.
doctor-tables = 데이터베이스 구조가 최신입니다({ $newest }).
doctor-database-unwritable = 데이터베이스에 저장할 수 없습니다({ $reason }).
doctor-database-unwritable-mend = 디스크의 남은 공간, 파일과 계정의 쓰기 권한, 데이터베이스를 잡고 있는 다른 프로그램을 확인해 주세요.
doctor-not-in-time = 제때 저장되지 않았습니다
doctor-database-writable = 데이터베이스에 읽고 쓸 수 있습니다.

doctor-nobody = 등록된 조직이 없습니다.
doctor-nobody-mend = python -m bot org import 파일 --apply로 조직 명단을 가져와 주세요.
doctor-people = { $count }명 모두 Slack 계정과 연결되어 있습니다.
doctor-people-lost =
    { $more ->
        [yes] Slack 계정을 모르는 사람이 { $count }명입니다({ $names } 등).
       *[no] Slack 계정을 모르는 사람이 { $count }명입니다({ $names }).
    }
doctor-people-lost-mend = 봇이 켜져 있으면 이메일로 계정을 찾습니다. 하루가 지나도 남으면 조직 명단의 이메일을 고치거나 Slack ID를 적어 다시 가져와 주세요.
doctor-hq = 총괄 담당자가 { $count }명 있습니다.
doctor-no-hq = 총괄 담당자가 없습니다.
doctor-no-hq-mend = 조직 명단의 역할 칸에 ‘총괄’을 적어 다시 가져와 주세요.
doctor-no-channels = 채널이 정해진 조직이 없어 과제 카드가 놓일 곳이 없습니다.
doctor-no-channels-mend = 조직 명단의 실국 채널과 과 채널에 채널 ID를 적어 다시 가져와 주세요.

doctor-proxy = Slack에 프록시({ $proxy })를 거쳐 연결합니다.
doctor-no-proxy = Slack에 프록시 없이 바로 연결합니다.
doctor-screens = 화면과 메시지 { $count }가지를 Slack이 모두 받아들입니다.
doctor-screens-unknown = 화면과 메시지 { $all }가지 가운데 { $count }가지만 Slack에 확인했습니다({ $reason }).
doctor-screen-wrong = Slack이 { $screen } 화면을 받아들이지 않습니다({ $reason }).
doctor-screen-mend = 봇을 최신 버전으로 업데이트하고, 그래도 같으면 이 줄을 개발자에게 알려 주세요.
doctor-slack-away = Slack({ $url })에 연결할 수 없습니다({ $reason }).
doctor-slack-away-mend = 인터넷 연결, 방화벽과 프록시(HTTPS_PROXY), SLACK_API_URL을 확인한 뒤 다시 점검해 주세요.
doctor-no-bot-token = SLACK_BOT_TOKEN이 없습니다.
doctor-bot-token-refused = Slack이 봇 토큰을 받지 않습니다({ $reason }).
doctor-bot-token-mend = 앱 설정의 OAuth & Permissions에서 앱을 설치하고 Bot User OAuth Token(xoxb-…)을 SLACK_BOT_TOKEN에 넣어 주세요.
doctor-bot-token = 봇 토큰이 맞습니다({ $team }, @{ $bot }).
doctor-over-http = 앱 토큰 없이 HTTP로 주고받습니다.
doctor-no-way = SLACK_APP_TOKEN과 SLACK_SIGNING_SECRET이 모두 없어 Slack에서 받을 길이 없습니다.
doctor-no-way-mend = 소켓 모드라면 connections:write 권한의 App-Level Token을 SLACK_APP_TOKEN에, HTTP라면 Signing Secret을 SLACK_SIGNING_SECRET에 넣어 주세요. 둘 다 앱 설정의 Basic Information에 있습니다.
doctor-app-token-refused = Slack이 앱 토큰으로 소켓 모드를 열어 주지 않습니다({ $reason }).
doctor-app-token-mend = 앱 설정에서 Socket Mode를 켜고, Basic Information에서 connections:write 권한의 App-Level Token(xapp-…)을 새로 만들어 SLACK_APP_TOKEN에 넣어 주세요.
doctor-app-token = 앱 토큰으로 소켓 모드를 열 수 있습니다.
doctor-clock-unknown = Slack의 응답에 시각이 없어 시계를 확인하지 못했습니다.
doctor-clock = 시계가 맞습니다.
doctor-clock-off =
    { $ahead ->
        [yes] 시계가 { $seconds }초 빠릅니다. 5분을 넘으면 요청을 받지 못합니다.
       *[no] 시계가 { $seconds }초 느립니다. 5분을 넘으면 요청을 받지 못합니다.
    }
doctor-clock-off-mend = 서버의 시각 동기화(NTP)를 켜 주세요.
doctor-scopes = 필요한 권한이 모두 있습니다.
doctor-scopes-missing = 봇 토큰에 없는 권한이 있습니다: { $scopes }
doctor-scopes-missing-mend = 앱 설정의 App Manifest에 manifest.json을 다시 붙여 넣고, Install App에서 앱을 다시 설치해 주세요.
doctor-channels = 조직 채널 { $count }곳에 모두 글을 올릴 수 있습니다.
doctor-channels-unknown = 조직 채널을 확인하지 못했습니다({ $reason }).
doctor-channel-gone = { $units } 채널({ $channel })이 없거나, 봇이 들어 있지 않은 비공개 채널입니다.
doctor-channel-gone-mend = 비공개 채널이면 그 채널에서 /invite로 봇을 초대하고, 아니면 조직 명단의 채널 ID를 고쳐 다시 가져와 주세요.
doctor-channel-archived = { $units } 채널({ $channel })이 보관되어 있습니다.
doctor-channel-archived-mend = 채널 보관을 해제하거나, 조직 명단에 다른 채널 ID를 적어 다시 가져와 주세요.
doctor-channel-outside = { $units } 채널({ $channel })에 봇이 들어 있지 않습니다.
doctor-channel-outside-mend = 그 채널에서 /invite로 봇을 초대해 주세요.
