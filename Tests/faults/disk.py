"""What a disk may hold after a power cut, from a record of what was done to its files (recorder.c).

Of a file: what was in it when it was last synced, and any of the writes and truncations since, a write
torn at any 512 bytes. Of a folder: its names when it was last synced, and the first few of the changes
since, in their order.
"""

import collections
import struct

SECTOR = 512
HEADER = struct.Struct("=5Q")
Record = collections.namedtuple("Record", "kind inode number flags first second")


def records(path):
    with open(path, "rb") as file:
        data = file.read()
    place = 0
    while place < len(data):
        kind = chr(data[place])
        inode, number, flags, *lengths = HEADER.unpack_from(data, place + 1)
        place += 1 + HEADER.size
        texts = []
        for length in lengths:
            texts.append(data[place:place + length])
            place += length
        yield Record(kind, inode, number, flags, *texts)


def write(content, offset, data):
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset:offset + len(data)] = data


def resize(content, size):
    del content[size:]
    content.extend(bytes(size - len(content)))


class File:
    def __init__(self):
        self.synced = bytearray()
        self.pending = []  # (offset, bytes), or (size, None) for a truncation

    def whole(self):
        """What programs read: all is done."""
        content = bytearray(self.synced)
        for offset, data in self.pending:
            if data is None:
                resize(content, offset)
            else:
                write(content, offset, data)
        return content

    def sync(self):
        self.synced = self.whole()
        self.pending = []

    def after_cut(self, choose):
        content = bytearray(self.synced)
        share = choose.choice([0, 1, choose.random()])
        for offset, data in self.pending:
            if data is None:
                if choose.random() < share:
                    resize(content, offset)
                continue
            place = 0
            while place < len(data):
                end = min(len(data), place + SECTOR - (offset + place) % SECTOR)
                if choose.random() < share:
                    write(content, offset + place, data[place:end])
                place = end
        return bytes(content)


class Folder:
    def __init__(self):
        self.names = {}  # as programs see them
        self.synced = {}
        self.pending = []  # (names to put in, names to take out)

    def change(self, put, take=()):
        self.pending.append((put, take))
        self.apply(self.names, put, take)

    @staticmethod
    def apply(names, put, take):
        for name in take:
            names.pop(name, None)
        names.update(put)

    def whole(self):
        return {name: node.whole() for name, node in self.names.items()}

    def sync(self):
        self.synced = dict(self.names)
        self.pending = []

    def after_cut(self, choose):
        names = dict(self.synced)
        for put, take in self.pending[:choose.randint(0, len(self.pending))]:
            self.apply(names, put, take)
        return {name: node.after_cut(choose) for name, node in names.items()}


class Disk:
    """Follows the records; `after_cut` is what may be there when the power fails now.

    `ignores` says of a synced file or folder, and of the kind of record before, whether it was not.
    """

    def __init__(self, top, inode, ignores=lambda node, before: False):
        self.top, self.ignores = top, ignores
        self.root = Folder()
        self.nodes = {inode: self.root}
        self.before = ""

    def find(self, path):
        """The folder of a path, and its last name."""
        parts = path.decode()[len(self.top):].strip("/").split("/")
        folder = self.root
        for part in parts[:-1]:
            folder = folder.names[part]
        return folder, parts[-1]

    def follow(self, record):
        kind, node = record.kind, self.nodes.get(record.inode)
        if kind in "CD":
            self.nodes[record.inode] = node = File() if kind == "C" else Folder()
            folder, name = self.find(record.first)
            folder.change({name: node})
        elif kind == "W":
            node.pending.append((record.number, record.first))
        elif kind == "T":
            node.pending.append((record.number, None))
        elif kind == "S":
            if not self.ignores(node, self.before):
                node.sync()
        elif kind == "U":
            folder, name = self.find(record.first)
            folder.change(put={}, take=[name])
        elif kind == "R":
            self.rename(record)
        self.before = kind

    def rename(self, record):
        (old, from_name), (new, to_name) = self.find(record.first), self.find(record.second)
        if old is not new:
            raise NotImplementedError("a rename from folder to folder")
        node = old.names[from_name]
        if record.flags == 2:  # RENAME_EXCHANGE
            old.change({from_name: old.names[to_name], to_name: node})
        else:
            old.change({to_name: node}, [from_name])

    def after_cut(self, choose):
        """Names, each with its bytes or, for a folder, its names."""
        return self.root.after_cut(choose)
