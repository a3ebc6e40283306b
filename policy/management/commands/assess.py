"""Compute requirements from files, without a database."""

from __future__ import annotations

import datetime
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from policy.engine import Series, Stack, StackError, Text, TextErrors, assess
from policy.engine.assess import Block, Requirements
from policy.engine.catalogue import catalogue, is_division
from policy.engine.errors import nearest
from policy.engine.loading import load_shipped, load_text, shipped_ids
from policy.engine.rollup import NARROW_FIRST, rollup
from policy.engine.tables import (
    COLUMNS,
    FactsFile,
    TableError,
    lines,
    read_facts,
    read_series,
    row_line,
)
from policy.engine.trace import trace_of

# after so many rows written, progress is said
_PROGRESS = 1_000_000


class Command(BaseCommand):
    help = "按政策文件测算：事实CSV进，每个代码每个事项一行CSV出，不需要数据库"
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("facts", nargs="?", type=Path, help="事实CSV，表头为 code 和事实名")
        parser.add_argument(
            "--text",
            action="append",
            default=[],
            metavar="ID|FILE.toml",
            help=f"政策文件，可重复：{'、'.join(shipped_ids())}，或自己的.toml",
        )
        parser.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="测算的日期")
        parser.add_argument(
            "--series",
            type=Path,
            metavar="SERIES.csv",
            help="序列CSV：division,series,year,value,unit",
        )
        parser.add_argument(
            "--option", action="append", default=[], metavar="PROVISION.option=VALUE"
        )
        parser.add_argument(
            "--adopt",
            action="append",
            default=[],
            metavar="TEXT=CODE",
            help="由某个区划采用的文件，如 city-opinions-2013=3715",
        )
        parser.add_argument(
            "--exempt",
            action="append",
            default=[],
            metavar="CODE:PROVISION",
            help="经批准的豁免；也可写在事实CSV的 exemptions 列，以分号隔开",
        )
        parser.add_argument("--explain", action="store_true", help="加一列 explanation：算式和条款")
        parser.add_argument("--rollup", choices=NARROW_FIRST[1:], help="另加这一级的合计行")
        parser.add_argument("-o", "--output", type=Path, help="写到文件，缺省写到标准输出")
        parser.add_argument("--check", type=Path, metavar="FILE.toml", help="只检查一个政策文件")

    def handle(self, **options: Any) -> None:
        try:
            if options["check"]:
                self._check(options["check"])
            else:
                self._assess(options)
        except (TableError, StackError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}：{error.strerror}") from error

    def _check(self, path: Path) -> None:
        text = _load(str(path))
        self.stderr.write(f"{text.title}：{len(text.provisions)}个条款，没有错误")

    def _assess(self, options: dict[str, Any]) -> None:
        if not options["facts"] or not options["on"] or not options["text"]:
            raise CommandError(
                "写明事实CSV、--text 和 --on，如 assess facts.csv --text "
                "liaocheng-2015 --on 2018-12-31"
            )
        texts = _adopt([_load(name) for name in options["text"]], options["adopt"])
        chosen = _pairs(options["option"], "=", "PROVISION.option=VALUE")
        series = read_series(options["series"]) if options["series"] else Series({})
        given = read_facts(options["facts"], lambda line: self._say(f"已读{line:,}行"))
        self._say(f"读完，{len(given.facts):,}个代码")
        for heading in given.ignored:
            self._say(f"没有用到的列：{heading}")
        exemptions = _exemptions(given, options["exempt"])
        for code in sorted(set(exemptions) - set(given.facts.codes)):
            self._say(f"没有用到的豁免：{code}不在事实表里")
        stack = Stack.of(texts, options["on"], chosen, exemptions)
        if not stack.rules:
            self._say(f"{options['on']}没有生效的政策，没有要测算的事项")
        self._answer(assess(given.facts, stack, series), options)

    def _answer(self, requirements: Requirements, options: dict[str, Any]) -> None:
        self._say("测算完，正在写出")
        if options["output"]:
            with options["output"].open("w", encoding="utf-8", newline="") as out:
                self._write(requirements, options, out)
        else:
            self._write(requirements, options, sys.stdout)
        self._say("完成")

    def _write(self, requirements: Requirements, options: dict[str, Any], out: TextIO) -> None:
        level, explained = options["rollup"], options["explain"]
        sums = list(rollup(requirements, level).rows()) if level else []
        summed = {(row.code, row.subject) for row in sums}
        out.write(",".join((*COLUMNS, "explanation") if explained else COLUMNS) + "\n")
        written = 0
        for block in requirements.blocks:
            for line in _explained(block) if explained else lines(requirements, [block]):
                # a wider unit's own row stands in the roll-up already
                if block.level == level and tuple(line.split(",", 2)[:2]) in summed:
                    continue
                out.write(line)
                written += 1
                if written % _PROGRESS == 0:
                    self._say(f"已写{written:,}行")
        for row in sums:
            out.write(f"{row_line(row)[:-1]},\n" if explained else row_line(row))

    def _say(self, message: str) -> None:
        self.stderr.write(message)
        self.stderr.flush()


def _explained(block: Block) -> Iterator[str]:
    """CSV lines with the final line of the explanation, in the order of the plain ones."""
    for number in range(len(block.facts)):
        group, place = block.place(number)
        for subject in catalogue().subjects:
            if subject in group.requirements:
                trace = trace_of(group, subject, place)
                final = trace.final.replace('"', '""')
                yield f'{row_line(trace.row)[:-1]},"{final}"\n'


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}”不是日期，写成2018-12-31") from error


def _load(name: str) -> Text:
    try:
        if name in shipped_ids():
            return load_shipped(name)
        path = Path(name)
        if not path.exists():
            raise CommandError(f"没有名为“{name}”的政策文件；{nearest(name, shipped_ids())}")
        return load_text(path.read_text("utf-8-sig"), path.name)
    except TextErrors as errors:
        raise CommandError(str(errors)) from errors
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}：应为UTF-8编码的TOML") from error


def _pairs(written: list[str], sign: str, shape: str) -> dict[str, str]:
    pairs = {}
    for one in written:
        key, found, value = one.partition(sign)
        if not found or not value:
            raise CommandError(f"“{one}”应写成 {shape}")
        pairs[key.strip()] = value.strip()
    return pairs


def _adopt(texts: list[Text], adopted: list[str]) -> list[Text]:
    by_text = _pairs(adopted, "=", "TEXT=CODE")
    for text_id, code in by_text.items():
        if text_id not in {text.id for text in texts}:
            raise CommandError(f"--adopt {text_id}：没有同时写 --text {text_id}")
        if not is_division(code):
            raise CommandError(f"--adopt {text_id}={code}：应为2、4、6或9位区划代码")
    return [text.adopted(by_text[text.id]) if text.id in by_text else text for text in texts]


def _exemptions(given: FactsFile, written: list[str]) -> dict[str, set[str]]:
    exemptions = {code: set(lifted) for code, lifted in given.exemptions.items()}
    for one in written:
        code, found, provision = one.partition(":")
        if not found:
            raise CommandError(f"“{one}”应写成 CODE:PROVISION")
        exemptions.setdefault(code, set()).add(provision)
    return exemptions
