package dev.errand.json;

import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Serializer that writes an instant in the form of {@link Instants}. */
final class InstantText extends ValueSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator to, SerializationContext context) {
        to.writeString(Instants.text(value));
    }
}
