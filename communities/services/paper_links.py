"""What an Office package says its parts are, and what outside of it they point at.

Parts may have any name: a macro is known by its declared type, and a template or object that is
fetched on opening by its relationship. Links that people click, pictures and linked workbooks stay.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from xml.parsers.expat import ParserCreate

TYPES = "[content_types].xml"
# What these lists may have together, unpacked; a sheet full of links has some megabytes.
MOST_LISTED = 16 * 1024 * 1024
MOST_LINES = 500_000
EMBEDDED = re.compile(r"(^|/)embeddings/[^/]*\.bin$", re.IGNORECASE)
ACTIVE_TYPE = re.compile(r"macro|vbaproject|vbadata|activex", re.IGNORECASE)
ACTIVE_LINKS = {
    "vbaproject", "wordvbadata", "control", "activexcontrolbinary",
    "xlmacrosheet", "xlintlmacrosheet",
}  # fmt: skip
FETCHED_LINKS = {"frame", "subdocument", "afchunk"}
# A template on the writer's own disk, as Word names it itself: of no use to others, and harmless.
OWN_DISK = re.compile(
    r"(file:/{2,3})?[a-z]:[\\/]|file:(///|//localhost/)(?![\\/%])|/(?![\\/])|[^:/\\][^:]*$",
    re.IGNORECASE,
)

MACROS = "里面有宏或控件。另存为不含宏的文件再上传"
OBJECTS = "里面有嵌入或链接的对象。把对象粘贴为图片，或另存为PDF再上传"
FETCHED = "打开时要读取别处的模板或文件。去掉对它的引用，或另存为PDF再上传"
SWOLLEN = "里面的链接多得查不完。另存为PDF再上传"


def fault_of(package: zipfile.ZipFile) -> str:
    """What is wrong with the declared types and relationships; '' when nothing is.

    Raises ValueError, ExpatError and what zipfile raises for lists that cannot be read.
    """
    members = package.infolist()
    names = [member.filename.lower() for member in members]
    if any(map(EMBEDDED.search, names)):
        return OBJECTS
    lists = [one for one in members if one.filename.lower().endswith((".rels", TYPES))]
    if sum(one.file_size for one in lists) > MOST_LISTED:
        return SWOLLEN
    extensions = {name.rpartition(".")[2] for name in names}
    lines = 0
    for one in lists:
        text = package.read(one)
        lines += text.count(b"<")
        if lines > MOST_LINES:
            return SWOLLEN
        if fault := faults_in(text, extensions):
            return fault
    return ""


def faults_in(text: bytes, extensions: set[str]) -> str:
    """The first fault that a list of types or relationships names; '' without one."""
    found: list[str] = []

    def begin(tag: str, given: Mapping[str, str]) -> None:
        fault = fault_of_element(tag.rpartition(":")[2], given, extensions)
        if fault and not found:
            found.append(fault)

    def declared(*_given: object) -> None:
        raise ValueError("a list of a package has no document type")

    reader = ParserCreate()
    reader.StartElementHandler = begin
    reader.StartDoctypeDeclHandler = declared
    reader.Parse(text, True)
    return found[0] if found else ""


def fault_of_element(tag: str, given: Mapping[str, str], extensions: set[str]) -> str:
    """What is wrong with one line of a list. A default for files that are not there is nothing."""
    if tag == "Relationship":
        return fault_of_link(given)
    is_meant = tag == "Override" or (
        tag == "Default" and given.get("Extension", "").lower() in extensions
    )
    return MACROS if is_meant and ACTIVE_TYPE.search(given.get("ContentType", "")) else ""


def fault_of_link(given: Mapping[str, str]) -> str:
    """What is wrong with a relationship."""
    kind = given.get("Type", "").strip().rpartition("/")[2].lower()
    if kind in ACTIVE_LINKS:
        return MACROS
    if kind == "oleobject":
        return OBJECTS
    if given.get("TargetMode", "").strip().lower() != "external":
        return ""
    if kind == "attachedtemplate" and not OWN_DISK.match(given.get("Target", "").strip()):
        return FETCHED
    return FETCHED if kind in FETCHED_LINKS else ""
