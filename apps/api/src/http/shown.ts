import type { Page } from '#libs/read-models';

/** A page of rows as it is shown. */
export function shown<Row, View>({ items, next }: Page<Row>, view: (row: Row) => View): Page<View> {
  return { items: items.map(view), next };
}
