"""Whose fault it is when Slack says no: one table for every code that it is known to give.

What follows is decided by the cause alone (see `handlers.delivery`); a code that is not listed is
`UNKNOWN`, which loses nothing either.
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
    """Nobody knows: it may be any of them, and it may pass."""


_CODES: Mapping[Cause, tuple[str, ...]] = {
    Cause.OURS: (
        "attachment_payload_limit_exceeded", "block_mismatch", "blocks_too_long",
        "bad_timestamp", "cannot_unfurl_url", "duplicate_external_id", "external_id_not_found",
        "invalid_arg_name", "invalid_arguments", "invalid_array_arg", "invalid_attachments",
        "invalid_blocks", "invalid_blocks_format", "invalid_charset", "invalid_cursor",
        "invalid_form_data", "invalid_json", "invalid_limit", "invalid_metadata_format",
        "invalid_metadata_schema", "invalid_name", "invalid_post_type", "invalid_ts_latest",
        "invalid_ts_oldest", "json_not_object", "markdown_text_conflict",
        "metadata_must_be_sent_from_app", "metadata_too_large", "missing_argument",
        "missing_charset", "missing_post_type",
        "msg_blocks_too_long", "msg_too_long", "no_dual_broadcast_content_update", "no_text",
        "superfluous_charset", "too_many_attachments", "too_many_contact_cards",
        "too_long", "unknown_method", "view_too_large",
    ),
    Cause.TOKEN: (
        "access_denied", "account_inactive", "as_user_not_supported", "app_missing_action_url",
        "deprecated_endpoint", "ekm_access_denied", "enterprise_is_restricted",
        "forbidden_team", "invalid_auth", "method_deprecated", "missing_scope", "no_permission",
        "not_allowed_token_type", "not_authed", "not_supported_free_team",
        "org_login_required", "org_resource_not_migrated", "paid_teams_only",
        "posting_to_general_channel_denied",
        "team_access_not_granted", "team_added_to_org", "team_not_found", "token_expired",
        "token_revoked", "two_factor_setup_required",
    ),
    Cause.PLACE: (
        "channel_is_archived", "channel_not_found", "channel_type_not_supported", "is_archived",
        "is_inactive", "messages_tab_disabled", "method_not_supported_for_channel_type",
        "not_in_channel", "restricted_action", "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel", "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
    ),
    Cause.PERSON: (
        "cannot_dm_bot", "not_enabled", "user_disabled", "user_is_bot", "user_is_restricted",
        "user_not_found", "user_not_in_channel", "user_not_visible", "users_list_not_supplied",
        "users_not_found",
    ),
    Cause.GONE: ("message_not_found",),
    Cause.LIMITED: ("message_limit_exceeded", "rate_limited", "ratelimited"),
    Cause.PERHAPS: (
        "fatal_error", "internal_error", "request_timeout", "service_unavailable",
    ),
}  # fmt: skip

CAUSES: Mapping[str, Cause] = {code: cause for cause, codes in _CODES.items() for code in codes}
"""The causes of Slack's codes."""


def cause_of(code: str) -> Cause:
    """Whose fault it is."""
    return CAUSES.get(code, Cause.UNKNOWN)
