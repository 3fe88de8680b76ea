package dev.decant.target;

/** URLs in messages. */
final class Urls {
  private Urls() {}

  /** Without what may be secret: user and password, query, fragment. */
  static String shown(String url) {
    String bare = url.replaceFirst("[?#].*", "");
    int start = bare.indexOf("://") < 0 ? 0 : bare.indexOf("://") + 3;
    int path = bare.indexOf('/', start);
    int end = bare.lastIndexOf('@', path < 0 ? bare.length() : path);
    return end < start ? bare : bare.substring(0, start) + bare.substring(end + 1);
  }
}
