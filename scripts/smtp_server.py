"""A real mail server for tests: takes every mail and writes it to a file, refuses addresses that begin with `refused`.

Usage: smtp_server.py FOLDER PORT_FILE CERTIFICATE KEY. It listens three times: without encryption; where one has to
change to it (STARTTLS); and with it from the first byte. The last two want a user and a password. The three ports are
chosen by the system and written to the file in this order.
"""

import asyncio
import itertools
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

NUMBERS = itertools.count()
USER, PASSWORD = b"waymark", b"a-password-of-tests"


class Keep:
    """Writes each mail, with who was to get it, under a name of its own."""

    def __init__(self, folder):
        self.folder = folder

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address.startswith("refused"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        head = "".join(f"X-RcptTo: {address}\n" for address in envelope.rcpt_tos)
        body = envelope.content.decode("utf-8", "replace").replace("\r\n", "\n")
        name = os.path.join(self.folder, f"{next(NUMBERS)}")
        with open(name + ".part", "w", encoding="utf-8") as file:
            file.write(head + body)
        os.rename(name + ".part", name + ".eml")
        return "250 OK"


def authenticate(_server, _session, _envelope, _mechanism, login):
    return AuthResult(success=(login.login, login.password) == (USER, PASSWORD), handled=False)


async def main(folder, port_file, certificate, key):
    loop = asyncio.get_running_loop()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    login = {"loop": loop, "authenticator": authenticate, "auth_required": True}

    def plain():
        return SMTP(Keep(folder), loop=loop)

    def starttls():
        return SMTP(Keep(folder), tls_context=tls, require_starttls=True, **login)

    def wrapped():
        return SMTP(Keep(folder), auth_require_tls=False, **login)

    servers = [
        await loop.create_server(plain, "127.0.0.1", 0),
        await loop.create_server(starttls, "127.0.0.1", 0),
        await loop.create_server(wrapped, "127.0.0.1", 0, ssl=tls),
    ]
    with open(port_file + ".part", "w", encoding="utf-8") as file:
        file.write(" ".join(str(server.sockets[0].getsockname()[1]) for server in servers))
    os.rename(port_file + ".part", port_file)
    await asyncio.gather(*(server.serve_forever() for server in servers))


asyncio.run(main(*sys.argv[1:]))
