import type { RegisterDescription } from '../../register-description.ts'
import { quoteName } from '../sql-text.ts'
import {
  conditionsSource,
  describedText,
  functionSchema,
  quotable,
  quoteIdentifier,
  quoteLiteral,
  rights,
} from './register-functions.ts'
import type { RegisterFunction } from './register-functions.ts'

/** The cursor that `join_rows` opens. */
export const joinCursor = 'cloison_rows'

/**
 * The schema that holds a register's `join_rows` and nothing else. No register's other schema has this name: names of registers
 * begin with a letter.
 *
 * @throws `RegisterError` `DESCRIPTION_INVALID` for a name of more than 50 characters
 */
export function joinSchema(description: RegisterDescription): string {
  return functionSchema(description).replace(/^cloison_/, 'cloison-join_')
}

/**
 * The function through which a role of its own reads rows for joins: it opens a cursor over the subject, the keys of the
 * dimensions and the measured value, clamped. It runs with its owner's rights; of what it is given, only names and bounds are
 * used, and only as values.
 *
 * @throws `RegisterError` `DESCRIPTION_INVALID`
 */
export function joinRowsFunction(
  description: RegisterDescription,
  tableSchema: string,
): RegisterFunction {
  const table = `${quoteIdentifier(tableSchema)}.${quoteName(description.table)}`
  return quotable({
    name: 'join_rows',
    arguments: 'text[], jsonb, text, bigint, bigint',
    head:
      '(dimensions text[], filters jsonb, measured text, low bigint, high bigint)\n' +
      `  RETURNS refcursor LANGUAGE plpgsql ${rights}`,
    body: joinRowsBody(describedText(description), {
      table,
      subject: `t.${quoteName(description.subject.column)}::text`,
    }),
  })
}

function joinRowsBody(
  described: string,
  { table, subject }: { readonly table: string; readonly subject: string },
): string {
  return `
DECLARE
  -- What the description allows; only its own texts become part of the statement below.
  described CONSTANT jsonb := ${quoteLiteral(described)};
  keys text[] := ARRAY[${quoteLiteral(subject)}];
  conditions text[] := '{true}';
  one text;
  filter jsonb;
  about jsonb;
  literals text[];
  opened refcursor := '${joinCursor}';
BEGIN
${conditionsSource}  IF measured IS NOT NULL THEN
    about := described -> measured;
    IF (about ->> 'summed')::boolean IS NOT TRUE OR low IS NULL OR high IS NULL OR low > high THEN
      RAISE EXCEPTION 'outside of the closed grammar' USING ERRCODE = '22023';
    END IF;
    -- No value stays none: greatest() alone would make the lower bound of it.
    keys := keys || format(
      'CASE WHEN %1$s IS NULL THEN NULL ELSE least(greatest(%1$s, %2$L::bigint), %3$L::bigint) END',
      about ->> 'value', low, high
    );
  END IF;
  OPEN opened NO SCROLL FOR EXECUTE format(
    'SELECT %s FROM %s AS t WHERE %s',
    array_to_string(keys, ', '), ${quoteLiteral(table)}, array_to_string(conditions, ' AND ')
  );
  RETURN opened;
END
`
}
