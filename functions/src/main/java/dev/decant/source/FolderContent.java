package dev.decant.source;

import dev.decant.archive.ArchiveFolder;
import dev.decant.archive.FolderArchive;
import java.io.InputStream;
import java.util.Optional;

/** The content of an archive in the directory format, which checks its files itself. */
final class FolderContent implements DumpContent {
  private final FolderArchive archive;
  private final long total;

  FolderContent(String name, ArchiveFolder folder, long total) {
    archive = new FolderArchive(name, folder);
    this.total = total;
  }

  @Override
  public InputStream text() {
    return archive.text();
  }

  @Override
  public long total() {
    return total;
  }

  @Override
  public long taken() {
    return archive.taken();
  }

  @Override
  public void check() {}

  @Override
  public Optional<String> sha256() {
    return Optional.of(archive.digest());
  }

  @Override
  public void close() {
    archive.close();
  }
}
