"""Every page of every workspace in a county at work, as the one sees it whom it is for. ``{name}`` is filled in by in_full.py."""

IN_FULL = [
    # The start page of each post.
    ("clerk", "/", "full-start-clerk"),
    ("county-leader", "/", "full-start-leader"),
    ("office", "/", "full-start-office"),
    ("lead-department", "/", "full-start-department"),
    ("town", "/", "full-start-town"),
    ("education-office", "/", "full-start-education-office"),
    ("headteacher", "/", "full-start-headteacher"),
    ("inspector", "/", "full-start-inspector"),
    ("supervisor", "/", "full-start-supervisor"),
    ("system-admin", "/", "full-start-system-admin"),
    ("security-admin", "/", "full-start-security-admin"),
    # Plans and tasks.
    ("clerk", "/plans/", "full-plans"),
    ("clerk", "/plans/{plan}/", "full-plan"),
    ("clerk", "/plans/{plan}/units/", "full-plan-units"),
    ("headteacher", "/plans/{plan}/document/", "full-document"),
    ("clerk", "/tasks/", "full-tasks"),
    ("clerk", "/tasks/?as=print", "full-tasks-print"),
    ("clerk", "/tasks/{task}/", "full-task"),
    ("county-leader", "/tasks/{task}/", "full-task-leader"),
    ("town", "/tasks/{part}/", "full-part"),
    ("headteacher", "/tasks/{of-school}/report/", "full-report"),
    ("clerk", "/tasks/{task}/split/", "full-split"),
    ("clerk", "/tasks/{task}/owners/", "full-owners"),
    ("clerk", "/tasks/{task}/amend/", "full-amend"),
    ("clerk", "/tasks/sheet/import/", "full-task-sheet"),
    ("clerk", "/reports/", "full-reports"),
    ("clerk", "/chase/", "full-chase"),
    ("clerk", "/targets/", "full-targets"),
    ("clerk", "/targets/{target}/", "full-target"),
    ("clerk", "/targets/{target}/amend/", "full-target-amend"),
    ("clerk", "/plans/{plan}/tasks/add/", "full-task-add"),
    ("clerk", "/plans/{plan}/targets/add/", "full-target-add"),
    ("clerk", "/targets/{milestone}/milestone/", "full-milestone"),
    ("clerk", "/timeline/", "full-timeline"),
    ("headteacher", "/calendar/", "full-calendar"),
    ("clerk", "/search/?q=教师", "full-search"),
    ("clerk", "/plans/compare/", "full-compare"),
    ("clerk", "/plans/terms/?term=均衡", "full-terms"),
    # Coverage, sub-plans, bulletins, drafts.
    ("clerk", "/plans/{plan}/coverage/", "full-coverage"),
    ("clerk", "/plans/{plan}/coverage/promises/{promise}/", "full-promise"),
    ("clerk", "/plans/{plan}/coverage/cells/{promise}/{school}/", "full-cell"),
    ("headteacher", "/plans/{plan}/coverage/units/{school}/", "full-coverage-school"),
    ("clerk", "/plans/{plan}/coverage/import/", "full-coverage-import"),
    ("clerk", "/plans/{plan}/sub-plans/", "full-sub-plans"),
    ("clerk", "/plans/{plan}/sub-plans/open/", "full-sub-plans-open"),
    ("clerk", "/sub-plans/{sub-plan}/", "full-sub-plan"),
    ("lead-department", "/sub-plans/{sub-plan}/", "full-sub-plan-asked"),
    ("headteacher", "/sub-plans/{sub-plan-of-head}/write/", "full-sub-plan-write"),
    ("clerk", "/bulletins/", "full-bulletins"),
    ("clerk", "/bulletins/{issued}/", "full-bulletin-issued"),
    ("clerk", "/bulletins/{issued}/correct/", "full-bulletin-correct"),
    ("clerk", "/bulletins/{bulletin}/", "full-bulletin"),
    ("clerk", "/bulletins/{bulletin}/figure/?key={figure}", "full-bulletin-figure"),
    ("clerk", "/bulletins/{bulletin}/head/", "full-bulletin-head"),
    ("clerk", "/bulletins/{bulletin}/issue/", "full-bulletin-issue"),
    ("clerk", "/bulletins/{bulletin}/give-up/", "full-bulletin-give-up"),
    ("clerk", "/drafts/new/", "full-draft-new"),
    ("clerk", "/drafts/{draft}/", "full-draft"),
    ("clerk", "/drafts/{draft}/?tab=targets", "full-draft-targets"),
    ("clerk", "/drafts/{draft}/history/", "full-draft-history"),
    ("clerk", "/drafts/{reading}/", "full-draft-reading"),
    # By a link, without an account.
    (None, "/link/{link}/", "full-link"),
    (None, "/link/{link}/?task={part}", "full-link-report"),
    (None, "/link/{link-of-department}/", "full-link-department"),
    (None, "/account/login/", "full-login"),
    (None, "/enter/", "full-enter"),
    (None, "/enter/{code}/", "full-enter-code"),
    (None, "/account/inactive/", "full-inactive"),
    (None, "/account/outside/cancelled/", "full-outside-cancelled"),
    (None, "/account/password/reset/", "full-forgotten"),
    # Units and people.
    ("clerk", "/units/", "full-units"),
    ("clerk", "/units/{school}/", "full-unit"),
    ("clerk", "/units/{town-unit}/", "full-unit-town"),
    ("clerk", "/units/{cluster}/", "full-cluster"),
    ("clerk", "/units/{school}/edit/", "full-unit-edit"),
    ("clerk", "/units/{school}/merge/", "full-unit-merge"),
    ("clerk", "/units/{school}/split/", "full-unit-split"),
    ("clerk", "/units/{school}/rename/", "full-unit-rename"),
    ("clerk", "/units/{school}/type/", "full-unit-type"),
    ("clerk", "/units/{school}/close/", "full-unit-close"),
    ("clerk", "/units/{closed}/reopen/", "full-unit-reopen"),
    ("clerk", "/units/{cluster}/members/", "full-cluster-members"),
    ("clerk", "/units/new/", "full-unit-new"),
    ("clerk", "/units/exchange/", "full-exchange"),
    ("clerk", "/schools/", "full-schools"),
    ("clerk", "/schools/new/", "full-school-new"),
    ("clerk", "/schools/changes/", "full-changes"),
    ("clerk", "/clusters/", "full-clusters"),
    ("clerk", "/areas/", "full-areas"),
    ("clerk", "/areas/{town}/", "full-area"),
    ("clerk", "/people/", "full-people"),
    ("security-admin", "/people/{person}/", "full-person"),
    ("security-admin", "/people/post/{post}/rights/", "full-rights"),
    ("security-admin", "/people/awaited/", "full-awaited"),
    ("clerk", "/people/{head}/change/", "full-person-change"),
    ("clerk", "/people/{without-password}/code/", "full-person-code"),
    ("clerk", "/people/{head}/post/", "full-post-give"),
    ("clerk", "/people/post/{post-of-head}/end/", "full-post-end"),
    ("clerk", "/people/new/", "full-person-new"),
    ("clerk", "/people/import/", "full-people-import"),
    ("clerk", "/people/slips/", "full-slips"),
    ("clerk", "/links/", "full-links"),
    ("clerk", "/account/", "full-account"),
    ("clerk", "/account/2fa/", "full-factor"),
    ("clerk", "/account/sessions/", "full-sessions"),
    ("clerk", "/account/password/change/", "full-password"),
    ("clerk", "/account/logout/", "full-logout"),
    ("security-admin", "/account/2fa/reauthenticate/", "full-reauthenticate-code"),
    ("without-password", "/account/password/set/", "full-password-set"),
    # The system.
    ("clerk", "/jobs/", "full-jobs"),
    ("clerk", "/jobs/{running}/", "full-job-running"),
    ("clerk", "/jobs/{failed}/", "full-job-failed"),
    ("system-admin", "/system/health/", "full-health"),
]

# Looked at on a telephone in English too, where words are longest: (who, addresses), one window each.
IN_ENGLISH = (
    ("clerk", ("start-clerk", "tasks", "task", "target", "coverage", "bulletin", "draft", "draft-targets")),
    ("county-leader", ("start-leader",)),
    ("town", ("start-town",)),
    ("headteacher", ("start-headteacher", "report")),
)

# What one meets where something does not go, and the status with which it is told. Too many tries and no network: test_refusals.py.
REFUSALS = [
    (None, "/link/{link-expired}/", "full-link-expired", 404),
    (None, "/link/{link-revoked}/", "full-link-revoked", 404),
    ("headteacher", "/people/awaited/", "full-refused", 403),
    ("headteacher", "/nothing-here/", "full-not-found", 404),
    ("other-clerk", "/bulletins/{unreadable}/", "full-broken", 500),
    (None, "/account/outside/error/", "full-outside-error", 401),
]

# Pages that are others on the telephone (lists as cards, a bar at the foot): axe looks at them there too; of like pages at one width only,
# for it takes a second a page.
ON_THE_PHONE_TOO = {"full-start-clerk", "full-tasks", "full-task", "full-coverage"}
ON_THE_PHONE_ONLY = {
    "full-plans", "full-report", "full-reports", "full-cell", "full-sub-plans", "full-bulletins", "full-link-report", "full-units",
    "full-people", "full-links",
}  # fmt: skip

# Pages that are opened by a walk, which fills in the form before them: test_pages_behind_forms.py, test_refusals.py.
BEHIND_FORMS = {
    "/account/reauthenticate/", "/account/2fa/authenticate/", "/account/2fa/totp/activate/",
    "/account/2fa/recovery-codes/generate/", "/units/exchange/{upload}/", "/tasks/sheet/{upload}/",
}  # fmt: skip
# Addresses that answer with something else than a page of their own.
NO_PAGES = {
    # A part of a page, fetched while one looks at it.
    "/audit/chain/progress/", "/jobs/{key}/progress/", "/drafts/{key}/progress/", "/drafts/{key}/pen/", "/drafts/{key}/search/",
    "/drafts/{key}/document/",
    # The way back to a draft, at the place where its row stands.
    "/drafts/{key}/rows/{ref}/",
    # A file.
    "/bulletins/{key}/word/", "/calendar/{token}.ics", "/files/{key}/{name}", "/files/{key}/thumbnail/", "/people/import/template/",
    "/plans/{key}/coverage/sheet/", "/plans/{key}/original/{number}/", "/sub-plans/{key}/word/", "/tasks/sheet/",
    "/units/exchange/{upload}/wrong/", "/units/exchange/export/", "/units/exchange/template/",
    # A word for the watchman of the machine.
    "/health/",
    # The page of /account/password/reset/ under the names that allauth's pages know.
    "/account/email/", "/account/signup/",
}  # fmt: skip
