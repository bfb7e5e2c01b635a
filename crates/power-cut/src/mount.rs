//! Showing a disk in the file system (FUSE).

use std::{
    ffi::OsStr,
    io,
    path::Path,
    time::{Duration, SystemTime},
};

use fuser::{
    BackgroundSession, BsdFileFlags, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags,
    Generation, INodeNo, LockOwner, MountOption, OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData,
    ReplyDirectory, ReplyEmpty, ReplyEntry, ReplyWrite, Request, TimeOrNow, WriteFlags, spawn_mount,
};

use crate::{
    Disk,
    disk::{Content, Number, Place, TOP},
    file::File,
};

/// How long the kernel remembers what it was told; it alone changes anything.
const REMEMBERED: Duration = Duration::from_secs(1);
const GENERATION: Generation = Generation(0);
const HANDLE: FileHandle = FileHandle(0);

/// A disk that is shown; gone from its place when this is dropped.
pub struct Mounted {
    _session: BackgroundSession,
}

impl Mounted {
    pub(crate) fn mount(disk: Disk, place: &Path) -> io::Result<Self> {
        let mut config = Config::default();
        config.mount_options = vec![MountOption::FSName("power-cut".to_owned())];
        Ok(Self { _session: spawn_mount(Shown(disk), place, &config)? })
    }
}

struct Shown(Disk);

/// The attributes of a file or a folder.
fn attributes(content: &Content, number: Number) -> Option<FileAttr> {
    let (kind, size, perm) = if number == TOP {
        (FileType::Directory, 0, 0o700)
    } else {
        let file = content.files.get(&number)?;
        (kind(file), file.content.len() as u64, file.mode)
    };
    let epoch = SystemTime::UNIX_EPOCH;
    Some(FileAttr {
        ino: INodeNo(number),
        size,
        blocks: size.div_ceil(512),
        atime: epoch,
        mtime: epoch,
        ctime: epoch,
        crtime: epoch,
        kind,
        perm,
        nlink: 1,
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: 4096,
        flags: 0,
    })
}

impl Shown {
    /// The content, if it can be read.
    fn read<T>(&self, read: impl FnOnce(&mut Content) -> Result<T, Errno>) -> Result<T, Errno> {
        let mut content = self.0.content();
        if content.frozen { Err(Errno::EIO) } else { read(&mut content) }
    }

    /// The content, if it can be changed.
    fn change<T>(&self, change: impl FnOnce(&mut Content) -> Result<T, Errno>) -> Result<T, Errno> {
        self.read(|content| {
            if content.read_only {
                return Err(Errno::EROFS);
            }
            if content.counts_change() { change(content) } else { Err(Errno::EIO) }
        })
    }

    fn entry(reply: ReplyEntry, outcome: Result<FileAttr, Errno>) {
        match outcome {
            Ok(attributes) => reply.entry(&REMEMBERED, &attributes, GENERATION),
            Err(error) => reply.error(error),
        }
    }

    fn done(reply: ReplyEmpty, outcome: Result<(), Errno>) {
        match outcome {
            Ok(()) => reply.ok(),
            Err(error) => reply.error(error),
        }
    }
}

fn place_of(folder: INodeNo, name: &OsStr) -> Result<Place, Errno> {
    Ok((folder.0, name.to_str().ok_or(Errno::EINVAL)?.to_owned()))
}

const fn kind(file: &File) -> FileType {
    if file.is_folder { FileType::Directory } else { FileType::RegularFile }
}

fn offset_of(offset: u64) -> Result<usize, Errno> {
    usize::try_from(offset).map_err(|_| Errno::EINVAL)
}

/// Makes sure that a file may end at `end`.
fn has_room(content: &Content, number: Number, end: usize) -> Result<(), Errno> {
    let length = content.files.get(&number).ok_or(Errno::ENOENT)?.content.len();
    let grown = content.used() + end.saturating_sub(length);
    if end > length && content.room.is_some_and(|room| grown > room) { Err(Errno::ENOSPC) } else { Ok(()) }
}

impl Filesystem for Shown {
    fn lookup(&self, _: &Request, folder: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let found = self.read(|content| {
            let number = content.names.get(&place_of(folder, name)?).ok_or(Errno::ENOENT)?;
            attributes(content, *number).ok_or(Errno::ENOENT)
        });
        Self::entry(reply, found);
    }

    fn mkdir(&self, _: &Request, folder: INodeNo, name: &OsStr, mode: u32, umask: u32, reply: ReplyEntry) {
        let made = self.change(|content| {
            let number = content.create(place_of(folder, name)?, File::folder(permissions(mode & !umask)));
            attributes(content, number).ok_or(Errno::EIO)
        });
        Self::entry(reply, made);
    }

    fn link(&self, _: &Request, number: INodeNo, folder: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let linked = self.change(|content| {
            let place = place_of(folder, name)?;
            if content.names.contains_key(&place) {
                return Err(Errno::EEXIST);
            }
            content.link(number.0, place);
            attributes(content, number.0).ok_or(Errno::ENOENT)
        });
        Self::entry(reply, linked);
    }

    fn getattr(&self, _: &Request, number: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.read(|content| attributes(content, number.0).ok_or(Errno::ENOENT)) {
            Ok(attributes) => reply.attr(&REMEMBERED, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn setattr(
        &self,
        _: &Request,
        number: INodeNo,
        mode: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        _: Option<FileHandle>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let changed = self.change(|content| {
            if let Some(size) = size {
                has_room(content, number.0, offset_of(size)?)?;
            }
            if let Some(file) = content.files.get_mut(&number.0) {
                file.mode = mode.map_or(file.mode, permissions);
                if let Some(size) = size {
                    file.resize(offset_of(size)?);
                }
            }
            attributes(content, number.0).ok_or(Errno::ENOENT)
        });
        match changed {
            Ok(attributes) => reply.attr(&REMEMBERED, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn create(
        &self,
        _: &Request,
        folder: INodeNo,
        name: &OsStr,
        mode: u32,
        umask: u32,
        _: i32,
        reply: ReplyCreate,
    ) {
        let created = self.change(|content| {
            let number = content.create(place_of(folder, name)?, File::new(permissions(mode & !umask)));
            attributes(content, number).ok_or(Errno::EIO)
        });
        match created {
            Ok(attributes) => {
                reply.created(&REMEMBERED, &attributes, GENERATION, HANDLE, FopenFlags::empty())
            }
            Err(error) => reply.error(error),
        }
    }

    fn unlink(&self, _: &Request, folder: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        let removed =
            self.change(
                |content| {
                    if content.remove(place_of(folder, name)?) { Ok(()) } else { Err(Errno::ENOENT) }
                },
            );
        Self::done(reply, removed);
    }

    fn rmdir(&self, _: &Request, folder: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        let removed = self.change(|content| {
            let place = place_of(folder, name)?;
            let number = *content.names.get(&place).ok_or(Errno::ENOENT)?;
            if !content.names_in(number).is_empty() {
                return Err(Errno::ENOTEMPTY);
            }
            content.remove(place);
            Ok(())
        });
        Self::done(reply, removed);
    }

    fn rename(
        &self,
        _: &Request,
        from_folder: INodeNo,
        from: &OsStr,
        to_folder: INodeNo,
        to: &OsStr,
        _: RenameFlags,
        reply: ReplyEmpty,
    ) {
        let renamed = self.change(|content| {
            let (from, to) = (place_of(from_folder, from)?, place_of(to_folder, to)?);
            if content.rename(from, to) { Ok(()) } else { Err(Errno::ENOENT) }
        });
        Self::done(reply, renamed);
    }

    fn read(
        &self,
        _: &Request,
        number: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let read = self.read(|content| {
            let file = content.files.get(&number.0).ok_or(Errno::ENOENT)?;
            let begin = offset_of(offset)?.min(file.content.len());
            let end = begin.saturating_add(size as usize).min(file.content.len());
            Ok(file.content[begin..end].to_vec())
        });
        match read {
            Ok(bytes) => reply.data(&bytes),
            Err(error) => reply.error(error),
        }
    }

    fn write(
        &self,
        _: &Request,
        number: INodeNo,
        _: FileHandle,
        offset: u64,
        bytes: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        let written = self.change(|content| {
            let offset = offset_of(offset)?;
            has_room(content, number.0, offset + bytes.len())?;
            content.files.get_mut(&number.0).ok_or(Errno::ENOENT)?.write(offset, bytes);
            u32::try_from(bytes.len()).map_err(|_| Errno::EINVAL)
        });
        match written {
            Ok(size) => reply.written(size),
            Err(error) => reply.error(error),
        }
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        Self::done(reply, self.read(|_| Ok(())));
    }

    fn fsync(&self, _: &Request, number: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        let synced = self.change(|content| {
            content.sync(number.0);
            Ok(())
        });
        Self::done(reply, synced);
    }

    fn fsyncdir(&self, _: &Request, folder: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        let synced = self.change(|content| {
            content.sync_names_in(folder.0);
            Ok(())
        });
        Self::done(reply, synced);
    }

    fn readdir(&self, _: &Request, folder: INodeNo, _: FileHandle, offset: u64, mut reply: ReplyDirectory) {
        let listed = self.read(|content| {
            let names = content.names_in(folder.0).into_iter();
            let kinds = names.map(|(name, number)| (name, number, content.files.get(&number).map(kind)));
            Ok(kinds.collect::<Vec<_>>())
        });
        match listed {
            Ok(names) => {
                let after = usize::try_from(offset).unwrap_or(usize::MAX);
                for (place, (name, number, kind)) in names.into_iter().enumerate().skip(after) {
                    let (next, kind) = (place as u64 + 1, kind.unwrap_or(FileType::RegularFile));
                    if reply.add(INodeNo(number), next, kind, name) {
                        break;
                    }
                }
                reply.ok();
            }
            Err(error) => reply.error(error),
        }
    }
}

/// The bits of a mode that are permissions.
fn permissions(mode: u32) -> u16 {
    u16::try_from(mode & 0o777).unwrap_or(0o600)
}
