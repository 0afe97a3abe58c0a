package dev.ockham.catalog;

/** What a model can do that another may not. */
public enum Capability {
  TOOLS,
  IMAGES,
  JSON_SCHEMA,
  REASONING,
  /** Turns text into vectors and does nothing else. */
  EMBEDDINGS,
  /** Reads files such as PDF. */
  DOCUMENTS,
  /** Hears sound. */
  AUDIO
}
