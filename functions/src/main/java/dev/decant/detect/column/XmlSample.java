package dev.decant.detect.column;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements and attributes of XML. Declarations of types and entities are not processed,
 * so that a document cannot make the reader open a file or a connection.
 */
final class XmlSample {
  private static final XMLInputFactory FACTORY = factory();

  private XmlSample() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * Adds the texts of elements and the values of attributes to a place, by their local names.
   *
   * @return false if the text is not XML
   */
  static boolean read(String text, DocumentNode place, int events) {
    boolean any = false;
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text));
      String name = null;
      for (int left = events; left > 0 && reader.hasNext(); left--) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            any = true;
            name = reader.getLocalName();
            attributes(reader, place);
          }
          case XMLStreamConstants.END_ELEMENT -> name = null;
          case XMLStreamConstants.CHARACTERS -> characters(name, reader.getText(), place);
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      return any;
    }
    return any;
  }

  private static void attributes(XMLStreamReader reader, DocumentNode place) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      characters(reader.getAttributeLocalName(i), reader.getAttributeValue(i), place);
    }
  }

  private static void characters(@Nullable String name, String text, DocumentNode place) {
    DocumentNode member = name == null || text.isBlank() ? null : place.member(name);
    if (member != null) {
      member.text(text);
    }
  }
}
