"""Whose fault it is when Slack says no: one table for every code that it is known to give.

What follows is decided by the cause alone (see `handlers.delivery`). Some codes are listed as
`UNKNOWN` on purpose; one that is not listed is so too, and nothing is lost by it.
Source: the tables of errors in Slack's reference of Web API methods, August 2026.
"""

from collections.abc import Mapping
from enum import StrEnum


class Cause(StrEnum):
    """Who or what has to change before Slack says yes."""

    OURS = "ours"
    """What we sent: it will not be taken until the programme is mended."""
    TOKEN = "token"  # noqa: S105 - no secret
    """The bot itself, its token, workspace or licence: nothing can be sent, so everything waits."""
    PLACE = "place"
    """The channel: it takes nothing until somebody invites the bot or changes a setting."""
    PERSON = "person"
    """The one person who is addressed: gone, or never there."""
    GONE = "gone"
    """The message that was to be changed has been deleted."""
    LIMITED = "limited"
    """Too many calls: Slack says for how long to wait."""
    PERHAPS = "perhaps"
    """Slack does not know itself how far it came."""
    UNKNOWN = "unknown"
    """It may be any of them, and it may pass; or nobody can mend it, as when a thread is locked."""


_CODES: Mapping[Cause, str] = {
    Cause.OURS: """
        alt_txt_too_large attachment_payload_limit_exceeded bad_timestamp block_mismatch
        blocked_file_type cant_broadcast_message duplicate_external_id insecure_request
        invalid_arg_name invalid_arguments invalid_array_arg invalid_attachments
        invalid_blocks invalid_blocks_format invalid_charset invalid_form_data invalid_json
        invalid_limit invalid_message invalid_metadata_filter_keys invalid_metadata_format
        invalid_metadata_schema invalid_name invalid_post_type invalid_ts_latest
        invalid_ts_oldest invalid_user_combination invalid_view json_not_object
        markdown_text_conflict metadata_too_large missing_args missing_argument
        missing_charset missing_file_data missing_post_type missing_profile_id
        msg_blocks_too_long msg_too_long no_dual_broadcast_content_update no_item_specified
        no_text not_enough_users not_implemented not_reactable send_on_behalf_not_allowed
        superfluous_charset too_many_attachments too_many_contact_cards too_many_users
        unknown_method users_list_not_supplied view_too_large
    """,
    Cause.TOKEN: """
        access_denied accesslimited account_inactive app_access_restricted
        as_user_not_supported deprecated_endpoint ekm_access_denied enterprise_is_restricted
        forbidden_team invalid_auth is_bot metadata_must_be_sent_from_app method_deprecated
        missing_scope no_permission not_allowed_token_type not_authed
        not_supported_free_team org_login_required org_resource_not_migrated
        pagination_not_available paid_teams_only team_access_not_granted team_not_found
        token_expired token_revoked two_factor_setup_required upgrade_required user_is_bot
    """,
    Cause.PLACE: """
        channel_is_archived channel_is_limited_access channel_not_found
        channel_type_not_supported external_channel_migrating forbidden invalid_channel
        is_archived is_inactive messages_tab_disabled method_not_supported_for_channel_type
        not_enabled not_in_channel posting_to_channel_denied
        posting_to_general_channel_denied restricted_action
        restricted_action_non_threadable_channel restricted_action_read_only_channel
        restricted_action_thread_locked restricted_action_thread_only_channel
        slack_connect_blocked_file_type slack_connect_canvas_link_sharing_blocked
        slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked
        slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked
        slack_connect_lists_sharing_blocked slack_connect_team_blocked
    """,
    Cause.PERSON: """
        cannot_dm_bot user_disabled user_not_found user_not_in_channel user_not_visible
        users_not_found
    """,
    Cause.GONE: "message_not_found",
    Cause.LIMITED: "message_limit_exceeded rate_limited ratelimited",
    Cause.PERHAPS: """
        duplicate_channel_not_found duplicate_message_not_found fatal_error
        fetch_members_failed internal_error request_timeout service_unavailable
        team_added_to_org update_failed
    """,
    Cause.UNKNOWN: """
        already_reacted cannot_reply_to_message cant_update_message draft_already_deleted
        draft_already_sent draft_has_conflict draft_not_found edit_window_closed
        file_comment_not_found file_deleted file_is_deleted file_not_found
        file_share_limit_reached hash_conflict invalid_cursor
        list_record_comment_fetch_failed max_file_sharing_exceeded no_access
        streaming_state_conflict thread_locked thread_not_found too_many_emoji
        too_many_reactions unable_to_share_files
    """,
}

CAUSES: Mapping[str, Cause] = {
    code: cause for cause, codes in _CODES.items() for code in codes.split()
}
"""The causes of Slack's codes."""


def cause_of(code: str) -> Cause:
    """Whose fault it is."""
    return CAUSES.get(code, Cause.UNKNOWN)
