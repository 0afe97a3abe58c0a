package dev.ockham.dialect;

import java.time.Instant;

/** A line of the models list: the name clients use, who serves it, and since when. */
public record ModelEntry(String id, String ownedBy, Instant created) {}
