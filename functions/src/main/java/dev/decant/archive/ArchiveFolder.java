package dev.decant.archive;

import java.io.InputStream;
import java.util.SortedMap;

/** The files of an archive in the directory format, wherever they are. Any thread may use it. */
public interface ArchiveFolder {
  /** The file that makes a folder an archive. */
  String TOC = "toc.dat";

  /** The names of the files, without the names of folders, and their sizes in bytes. */
  SortedMap<String, Long> files();

  /** A text that changes when a file that {@link #files} names changes: its ETag, or its time. */
  String state(String file);

  /** Opens a file that {@link #files} names. If the file has changed since then, it is an error. */
  InputStream open(String file);
}
