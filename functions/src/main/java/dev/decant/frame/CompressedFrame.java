package dev.decant.frame;

/**
 * The result of {@link FrameCompressor#compress}: the first {@code length} bytes of {@code bytes}.
 * The array belongs to the compressor and is valid until its next call.
 *
 * @param textLength the uncompressed length in bytes
 * @param sha256 the SHA-256 of the compressed bytes in hex
 */
public record CompressedFrame(byte[] bytes, int length, int textLength, String sha256) {}
