import type { Stage } from '../installation/stage.js';
import type { Plant } from './options.js';

const triggers: Readonly<Record<Exclude<Plant, 'none'>, string>> = {
  // What is about to be sent is taken for sent: whatever does not get across is never tried again.
  early: `NEW.state := 'confirmed'`,
  // Nobody remembers that it was asked before.
  blind: `NEW.asked_at := NULL`,
};

/** Breaks the program on purpose, behind its back, in its own database. */
export async function plantFault(stage: Stage, plant: Plant): Promise<void> {
  if (plant === 'none') return;
  await stage.asAdmin((client) =>
    client.query(`
      CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN IF NEW.kind = 'referral' AND NEW.state = 'pending' THEN ${triggers[plant]}; END IF; RETURN NEW; END$$;
      CREATE TRIGGER planted BEFORE INSERT OR UPDATE ON sent_records FOR EACH ROW EXECUTE FUNCTION planted();
    `),
  );
}
