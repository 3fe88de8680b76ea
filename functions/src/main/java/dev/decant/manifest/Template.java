package dev.decant.manifest;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** An HTML page from the resources of the jar. Every value that is put into it is escaped. */
final class Template {
  private final com.samskivert.mustache.Template page;

  /** Reads a page from the package of this class. All pages include {@code style.css}. */
  Template(String resource) {
    try (Reader reader = open(resource)) {
      page = Mustache.compiler().escapeHTML(true).withLoader(Template::open).compile(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String fill(Map<String, Object> values) {
    return page.execute(values);
  }

  private static Reader open(String resource) {
    InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(resource), resource);
    return new InputStreamReader(in, StandardCharsets.UTF_8);
  }
}
