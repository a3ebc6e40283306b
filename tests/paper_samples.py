"""Small files of every kind that is taken, and hostile ones, made of bytes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlsxwriter

TYPES_XML = "<?xml version='1.0'?><Types xmlns='urn:types'/>"
WORD_XML = "<?xml version='1.0'?><w:document xmlns:w='urn:w'><w:body/></w:document>"
OFD_XML = "<?xml version='1.0'?><ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>"


def pdf(*objects: bytes) -> bytes:
    """A PDF whose further objects are those given."""
    body = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, start=3)
    )
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
        + body
        + b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    )


def object_stream(
    text: bytes, *, dictionary: bytes = b"/Type /ObjStm /Filter /FlateDecode"
) -> bytes:
    """A compressed object stream that holds a text."""
    packed = zlib.compress(text)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(packed), packed)


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = b"".join(b"\0" + b"\x30\x60\x90" * 3 for _ in range(2))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def jpeg(width: int = 3, height: int = 2) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        + b"\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda\x00\x02\x00\xff\xd9"
    )


def package(members: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, text in members.items():
            made.writestr(name, text)
    return out.getvalue()


def docx(**more: str | bytes) -> bytes:
    """A Word document; further members by name."""
    return package({"[Content_Types].xml": TYPES_XML, "word/document.xml": WORD_XML, **more})


def xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, "户数")
    return out.getvalue()


def ofd(**more: str | bytes) -> bytes:
    return package({"OFD.xml": OFD_XML, "Doc_0/Document.xml": OFD_XML, **more})


def encrypted(content: bytes) -> bytes:
    """The package with the flag of encryption at every member."""
    marked = bytearray(content)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(sign)
        while at >= 0:
            marked[at + place] |= 1
            at = marked.find(sign, at + 4)
    return bytes(marked)
