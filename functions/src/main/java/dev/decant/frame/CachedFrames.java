package dev.decant.frame;

/** Frames of a remote source, of which a cache on this machine keeps copies. */
public final class CachedFrames implements FrameSource {
  private final FrameSource source;
  private final FrameCache cache;

  public CachedFrames(FrameSource source, FrameCache cache) {
    this.source = source;
    this.cache = cache;
  }

  @Override
  public String location() {
    return source.location();
  }

  @Override
  public byte[] read(Frame frame) {
    return cache.get(frame).orElseGet(() -> fetched(frame));
  }

  private byte[] fetched(Frame frame) {
    byte[] compressed = source.read(frame);
    cache.put(frame, compressed);
    return compressed;
  }
}
