package dev.errand.handler;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * What a class file says of its class, without loading it (JVM specification, chapter 4).
 *
 * @param name with slashes
 * @param concrete whether it is a class that there can be objects of
 * @param interfaces that it names itself, with slashes
 * @param annotations on the class itself, as descriptors ("Ldev/errand/api/Task;")
 */
record ClassFile(String name, boolean concrete, Set<String> interfaces, Set<String> annotations) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int ABSTRACT_OR_INTERFACE = 0x0400 | 0x0200;

    /** The bytes of a constant by its tag; 0 for a text, and for a tag that is none. */
    private static final int[] LENGTHS = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    /** @throws IOException if it is no class file */
    static ClassFile read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        if (in.readInt() != MAGIC) {
            throw new IOException("no class file");
        }
        in.readInt();
        Object[] constants = constants(in);
        boolean concrete = (in.readUnsignedShort() & ABSTRACT_OR_INTERFACE) == 0;
        String name = className(constants, in.readUnsignedShort());
        in.readUnsignedShort();
        Set<String> interfaces = new HashSet<>();
        for (int i = in.readUnsignedShort(); i > 0; i--) {
            interfaces.add(className(constants, in.readUnsignedShort()));
        }
        skipMembers(in);
        skipMembers(in);
        return new ClassFile(name, concrete, interfaces, annotations(in, constants));
    }

    /** Texts as they are, classes as the number of their name. */
    private static Object[] constants(DataInputStream in) throws IOException {
        Object[] constants = new Object[in.readUnsignedShort()];
        for (int i = 1; i < constants.length; i++) {
            int tag = in.readUnsignedByte();
            if (tag == 1) {
                constants[i] = in.readUTF();
            } else if (tag == 7) {
                constants[i] = in.readUnsignedShort();
            } else if (tag < LENGTHS.length && LENGTHS[tag] > 0) {
                in.skipNBytes(LENGTHS[tag]);
                // a long or a double takes two places
                i += tag == 5 || tag == 6 ? 1 : 0;
            } else {
                throw new IOException("unknown constant " + tag);
            }
        }
        return constants;
    }

    private static String className(Object[] constants, int index) {
        return (String) constants[(Integer) constants[index]];
    }

    private static void skipMembers(DataInputStream in) throws IOException {
        for (int members = in.readUnsignedShort(); members > 0; members--) {
            in.skipNBytes(6);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.skipNBytes(2);
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
            }
        }
    }

    private static Set<String> annotations(DataInputStream in, Object[] constants) throws IOException {
        Set<String> annotations = new HashSet<>();
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            String attribute = (String) constants[in.readUnsignedShort()];
            long length = Integer.toUnsignedLong(in.readInt());
            if (attribute.equals("RuntimeVisibleAnnotations")) {
                for (int i = in.readUnsignedShort(); i > 0; i--) {
                    annotations.add(annotation(in, constants));
                }
            } else {
                in.skipNBytes(length);
            }
        }
        return annotations;
    }

    /** Reads one, and gives its type. */
    private static String annotation(DataInputStream in, Object[] constants) throws IOException {
        String type = (String) constants[in.readUnsignedShort()];
        for (int members = in.readUnsignedShort(); members > 0; members--) {
            in.skipNBytes(2);
            skipValue(in, constants);
        }
        return type;
    }

    private static void skipValue(DataInputStream in, Object[] constants) throws IOException {
        switch (in.readUnsignedByte()) {
            case 'e' -> in.skipNBytes(4);
            case '@' -> annotation(in, constants);
            case '[' -> {
                for (int values = in.readUnsignedShort(); values > 0; values--) {
                    skipValue(in, constants);
                }
            }
            default -> in.skipNBytes(2);
        }
    }
}
