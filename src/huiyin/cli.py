"""The `huiyin` command: 0 when all is well, 1 when something is found, 2 for bad usage.

Each command lives in a module of `huiyin.commands_line` that is imported when it is asked for, so that
`huiyin calendar due` answers without Django.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

import click

from huiyin.commands_line import language
from huiyin.commands_line.language import say

COMMANDS: dict[str, tuple[str, str, str]] = {
    "serve": ("huiyin.commands_line.serve", "启动网站：投诉门户与工作台", "Serve portal and workbench"),
    "worker": ("huiyin.commands_line.worker", "处理到期时限，发送通知", "Handle what is due, deliver notices"),
    "regime": ("huiyin.commands_line.regime", "查看、检查、试运行、试算、对照制度", "List, check, test, simulate, cover and show regimes"),
    "calendar": ("huiyin.commands_line.calendar", "计算到期时间", "Compute due times"),
    "import": ("huiyin.importer.command", "从 CSV 或 XLSX 导入案件", "Import cases from CSV or XLSX"),
    "verify": ("huiyin.commands_line.verify", "核对事件、案件与附件有无改动", "Look for tampering"),
    "rebuild": ("huiyin.commands_line.rebuild", "由事件重建列表与检索", "Rebuild lists and search from events"),
    "token": ("huiyin.api.command", "签发、吊销接口令牌", "Issue and revoke tokens of the interface"),
    "documents": ("huiyin.documents.command", "试印制度里的文书", "Print samples of a regime's documents"),
    "demo": ("huiyin.commands_line.demo", "准备演示单位和账号", "Prepare the demo organisation"),
}
"""Name → module that holds a click command of the name `command`, and its line of help in Chinese and English."""


class _Commands(click.Group):
    """Finds commands by name in COMMANDS; one whose module is not installed does not exist."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return [name for name, (module, _, _) in COMMANDS.items() if _exists(module)]

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS or not _exists(COMMANDS[name][0]):
            return None
        command: click.Command = import_module(COMMANDS[name][0]).command
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing one."""
        rows = [(name, say(*COMMANDS[name][1:])) for name in self.list_commands(_context)]
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl(rows)


def _exists(module: str) -> bool:
    package, _, _ = module.rpartition(".")
    return find_spec(package) is not None and find_spec(module) is not None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(language.LANGUAGES), help="zh 中文，en English")
def command(lang: str | None) -> None:
    """回音 Huiyin：件件有着落，事事有回音。"""
    if lang:
        language.choose(lang)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code. `--lang` may stand anywhere."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language.choose(language.wanted(words))
    try:
        result = command.main(language.in_front(words), prog_name="huiyin", standalone_mode=False)
    except click.UsageError as error:
        _complain(error)
        return 2
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return 1
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("已中断。", "Interrupted."), err=True)
        return 130
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        return 0
    except Exception as error:
        sentence = _known_trouble(error)
        if sentence is None:
            raise
        click.echo(sentence, err=True)
        return 1
    return result if isinstance(result, int) else 0


def _known_trouble(error: Exception) -> str | None:
    """A sentence for trouble with database or disk; only commands that use them have loaded Django."""
    if "django" not in sys.modules:
        return None
    from huiyin.commands_line.ready import known_trouble

    return known_trouble(error)


def _complain(error: click.UsageError) -> None:
    """Say in the chosen language what is wrong with the command, and where its help is."""
    path = error.ctx.command_path if error.ctx else "huiyin"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return
    click.echo(say("用法有误：", "Bad usage: ") + _in_chinese(error), err=True)
    click.echo(say(f"用法见：{path} --help", f"See: {path} --help"), err=True)


def _in_chinese(error: click.UsageError) -> str:
    if language.chosen() == "en":
        return error.format_message()
    parameter = getattr(error, "param", None)
    name = max(parameter.opts, key=len) if parameter else getattr(error, "option_name", "")
    match error:
        case click.MissingParameter():
            return f"缺少 {name}。"
        case click.NoSuchOption():
            return f"没有选项 {name}。"
        case click.BadOptionUsage():
            return f"选项 {name} 的写法不对。"
        case click.BadParameter() if name and not any("一" <= letter <= "鿿" for letter in error.message):
            return f"{name} 的值不对：{error.message}"
    words = error.format_message()
    if words.startswith("No such command"):
        return f"没有命令 {words.split(chr(39))[1]}。"
    if words.startswith("Got unexpected extra argument"):
        return f"多余的内容 {words[words.index('(') + 1 : words.rindex(')')]}。"
    return words


if __name__ == "__main__":
    sys.exit(main())
