-- What is used beside text: classes of their own, empty where the provider said nothing of them.
-- The tier is the one that was priced; empty is the standard one.
ALTER TABLE attempt ADD COLUMN audio_input INTEGER;
ALTER TABLE attempt ADD COLUMN audio_cache_read INTEGER;
ALTER TABLE attempt ADD COLUMN image_input INTEGER;
ALTER TABLE attempt ADD COLUMN audio_output INTEGER;
ALTER TABLE attempt ADD COLUMN image_output INTEGER;
ALTER TABLE attempt ADD COLUMN web_search INTEGER;
ALTER TABLE attempt ADD COLUMN tier TEXT;
