package dev.decant.frame;

/**
 * What {@link FrameCompressor#compress} made: the first {@code length} of {@code bytes}. The array
 * is the compressor's own and stands until its next call.
 *
 * @param textLength uncompressed, bytes
 * @param sha256 of the compressed bytes, hex
 */
public record CompressedFrame(byte[] bytes, int length, int textLength, String sha256) {}
