"""The interface: its operations, its documents, and what each answer carries."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router, Schema, Swagger
from ninja.openapi.schema import REF_TEMPLATE
from ninja.schema import NinjaGenerateJsonSchema

from .access import Bearer, caller_of
from .problems import DECLARED, MEDIA_TYPE, PROBLEMS, Problem, handle_all
from .routes import affairs, cases, commands, filing, orders, parties, regimes, tracking
from .validation import CarefulParser

DESCRIPTION = """\
件件有着落，事事有回音。

同样的规则管着网页、接口和命令行：接口只把请求变成命令，由制度决定准不准；不准的，说明依据哪一条。

- **令牌**：`Authorization: Bearer huiyin_…`，由管理员用 `huiyin token issue` 签发，分范围、有期限、可吊销。
- **重复提交**：带上 `Idempotency-Key`，同样内容再次提交不会重复办理，得到第一次的结果。
- **先看后办**：带上 `based_on`（看到的版本号），案件已有变化时回答 409，并列出变化。
- **翻页**：把上一页的 `next` 写进 `after`。
- **出错**：`application/problem+json`，`code` 给程序看，`message` 给人看，`cite` 是依据的条款，`fields` 指出哪一项不对。
- **语言**：`Accept-Language: en` 得到英文说明。

The same rules hold in page, interface and command line. Send a token, an `Idempotency-Key` with every order, `based_on` to
be told when the case has moved on, and `Accept-Language: en` for English messages.
"""


class Docs(Swagger):
    """The page that lists the interface, with the files that came with the package and no script of its own."""

    template = "api/docs.html"


class Interface(NinjaAPI):
    """Answers JSON in plain Chinese, says in a header when an organisation is a rehearsal, and declares problems as such."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._described: dict[str, Any] = {}

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        response: HttpResponse = super().create_response(request, data, **options)
        if request.META.get("HUIYIN_REHEARSAL"):
            response.headers["Huiyin-Rehearsal"] = "1"
        return response

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        """The description of the interface; made once per process and prefix, for making it takes a second."""
        where = path_prefix if path_prefix is not None else self.get_root_path(path_params or {})
        if where not in self._described:
            self._described[where] = self._describe(where)
        return self._described[where]

    def _describe(self, path_prefix: str) -> Any:
        schema = super().get_openapi_schema(path_prefix=path_prefix)
        problem = Problem.model_json_schema(
            ref_template=REF_TEMPLATE, schema_generator=NinjaGenerateJsonSchema, mode="serialization"
        )
        schema["components"]["schemas"] |= problem.pop("$defs") | {Problem.__name__: problem}
        content = {MEDIA_TYPE: {"schema": {"$ref": REF_TEMPLATE.format(model=Problem.__name__)}}}
        for path in schema["paths"].values():
            for operation in path.values():
                for status, declared in operation["responses"].items():
                    if status in DECLARED:
                        declared["content"] = content
        return schema


class Me(Schema):
    """Whom a token stands for."""

    organisation: str
    title: str
    rehearsal: bool
    person: str
    scopes: list[str]


root = Router(tags=["令牌"])


@root.get("/me", response={200: Me, **PROBLEMS}, summary="这个令牌是谁的")
def me(request: HttpRequest) -> Me:
    """The organisation, the person (empty for a service) and the scopes of the token."""
    caller = caller_of(request)
    return Me(
        organisation=caller.organisation.slug,
        title=caller.organisation.title,
        rehearsal=caller.organisation.rehearsal,
        person="" if caller.is_service else caller.who.person,
        scopes=list(caller.token.scopes),
    )


interface = Interface(
    title="回音 Huiyin",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs=Docs({"docExpansion": "list", "defaultModelsExpandDepth": 0, "persistAuthorization": False}),
    docs_url="/docs",
    auth=Bearer(),  # an operation that names no scope of its own is still closed without a token
    parser=CarefulParser(),
)
handle_all(interface)
for _router in (
    root, regimes.router, filing.router, tracking.router, parties.router, cases.router, affairs.router, orders.router,
    commands.router,
):  # fmt: skip
    interface.add_router("", _router)
