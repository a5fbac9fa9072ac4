package dev.errand.tasks.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An unpacked XML file of a spreadsheet, with limits for its size and for the length of a tag: a parser reads a whole tag
 * into memory. Spreadsheets are UTF-8, so a bracket is one byte. For one thread.
 */
final class BoundedXml extends FilterInputStream {
    private static final int TAG_BYTES = 64 * 1024;
    private static final XMLInputFactory XML = factory();

    private final String name;
    private final long limit;
    private long bytes;
    private int tag = -1;

    private BoundedXml(InputStream in, String name, long limit) {
        super(in);
        this.name = name;
        this.limit = limit;
    }

    static XMLStreamReader open(InputStream in, String name, long limit) throws XMLStreamException {
        return XML.createXMLStreamReader(new BoundedXml(in, name, limit), "UTF-8");
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        bytes += Math.max(0, read);
        if (bytes > limit) {
            throw new DataFileException("The part " + name + " of the spreadsheet has more than " + limit
                    + " bytes when it is unpacked. Is the file a zip bomb? A large table is better a CSV file.");
        }
        for (int i = from; i < from + read; i++) {
            if (buffer[i] == '<') {
                tag = 0;
            } else if (buffer[i] == '>') {
                tag = -1;
            } else if (tag >= 0 && ++tag > TAG_BYTES) {
                throw new DataFileException("The part " + name + " of the spreadsheet has a tag of more than "
                        + TAG_BYTES + " bytes. The file is damaged or hostile.");
            }
        }
        return read;
    }
}
