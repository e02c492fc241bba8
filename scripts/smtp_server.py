"""A real mail server for tests: takes every mail and writes it to a file, refuses addresses that begin with `refused`.

Usage: smtp_server.py FOLDER PORT_FILE; the port is chosen by the system and written to the file.
"""

import asyncio
import itertools
import os
import sys

from aiosmtpd.smtp import SMTP

NUMBERS = itertools.count()


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


async def main(folder, port_file):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Keep(folder), loop=loop), "127.0.0.1", 0)
    with open(port_file + ".part", "w", encoding="utf-8") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(port_file + ".part", port_file)
    await server.serve_forever()


asyncio.run(main(sys.argv[1], sys.argv[2]))
