import { bucketCeiling } from '../../closed-query-plan.ts'
import type { ElementDescription, RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import { quoteName } from '../sql-text.ts'

/** A function through which a role reads a register. */
export interface RegisterFunction {
  readonly name: 'look_up' | 'aggregate' | 'join_rows'
  /** The types of its arguments, as PostgreSQL writes them. */
  readonly arguments: string
  /** Its signature from the argument list to the language. */
  readonly head: string
  /** The text between the dollar quotes: what PostgreSQL keeps as the function's source. */
  readonly body: string
}

/** Longest name of a register here: the schema that is named after it must fit PostgreSQL's 63 bytes. */
const nameCeiling = 50

/**
 * The schema that holds a register's two functions and nothing else.
 *
 * @throws {@link RegisterError} `DESCRIPTION_INVALID` for a name of more than 50 characters
 */
export function functionSchema({ name }: RegisterDescription): string {
  if (name.length > nameCeiling) {
    throw new RegisterError(
      'DESCRIPTION_INVALID',
      `the register's name has more than ${nameCeiling} characters, too many for PostgreSQL`,
    )
  }
  return `cloison_${name}`
}

/** A name of any characters as PostgreSQL quotes it. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as a literal under `standard_conforming_strings`, PostgreSQL's default. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** The types that elements have in the functions' results. Dates are texts `YYYY-MM-DD`. */
const resultTypes: Readonly<Record<ElementDescription['type'], string>> = {
  boolean: 'boolean',
  integer: 'bigint',
  string: 'text',
  date: 'text',
}

function valueOf({ column, type }: ElementDescription): string {
  return `t.${quoteName(column)}::${resultTypes[type]}`
}

/**
 * The two functions of a register, made from its description alone. Both run with the rights of their owner
 * under a fixed search path; what varies in a question is an argument, never text of a statement.
 *
 * @throws {@link RegisterError} `DESCRIPTION_INVALID`
 */
export function registerFunctions(
  description: RegisterDescription,
  tableSchema: string,
): readonly RegisterFunction[] {
  const table = `${quoteIdentifier(tableSchema)}.${quoteName(description.table)}`
  return [lookUpFunction(description, table), aggregateFunction(description, table)].map((one) =>
    quotable(one),
  )
}

/**
 * A function whose source can stand between its quotes.
 *
 * @throws {@link RegisterError} `DESCRIPTION_INVALID`
 */
export function quotable(made: RegisterFunction): RegisterFunction {
  if (!made.body.includes('$cloison$') && !made.body.includes('\u0000')) return made
  throw new RegisterError('DESCRIPTION_INVALID', 'a key has characters that no function can hold')
}

/** With what rights the functions run. */
export const rights =
  'STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET datestyle = ISO'

function lookUpFunction(description: RegisterDescription, table: string): RegisterFunction {
  const { elements, subject } = description
  const results = elements.map(({ name, type }) => `${quoteIdentifier(name)} ${resultTypes[type]}`)
  return {
    name: 'look_up',
    arguments: 'text',
    head: `(subject text) RETURNS TABLE (${results.join(', ')})\n  LANGUAGE sql STRICT ${rights}`,
    // $1, since a column called "subject" would hide the argument's name and select everyone.
    body: `
  SELECT ${elements.map((one) => valueOf(one)).join(', ')}
  FROM ${table} AS t WHERE t.${quoteName(subject.column)} = $1 LIMIT 2
`,
  }
}

interface Dimension {
  readonly value: string
  readonly keys?: readonly unknown[]
  readonly literals?: readonly string[]
  readonly filter: boolean
  readonly summed: boolean
}

function dimensionOf(
  element: ElementDescription,
  { category }: RegisterDescription,
): Dimension | undefined {
  const { domain, type } = element
  if (element.category === 'locating') return undefined
  const open = ['ordinary', 'locating']
  const keys = domain.kind === 'closed' ? domain.keys : undefined
  const shape = {
    value: valueOf(element),
    filter: keys !== undefined && open.includes(category) && open.includes(element.category),
    summed: type === 'integer',
  }
  if (keys === undefined) return shape
  const literals = keys.map((key) => (typeof key === 'string' ? quoteLiteral(key) : String(key)))
  return { ...shape, keys, literals }
}

/** What a description allows tables and joins of: a JSON text that a function's source holds. */
export function describedText(description: RegisterDescription): string {
  const described = Object.fromEntries(
    description.elements.flatMap((element) => {
      const dimension = dimensionOf(element, description)
      return dimension === undefined ? [] : [[element.name, dimension]]
    }),
  )
  return JSON.stringify(described)
}

function aggregateFunction(description: RegisterDescription, table: string): RegisterFunction {
  return {
    name: 'aggregate',
    arguments: 'text[], jsonb, text, text, bigint, bigint, bigint',
    head:
      '(dimensions text[], filters jsonb, kind text, measured text, low bigint, high bigint, width bigint)\n' +
      '  RETURNS TABLE (cell jsonb, numbers numeric[])\n' +
      `  LANGUAGE plpgsql ${rights}`,
    body: aggregateBody(describedText(description), table),
  }
}

/** What `aggregate` computes in each cell: `numbers`, and for buckets what it groups by besides. */
const measureSource = `  IF kind IS NULL OR kind NOT IN ('count', 'sum', 'moments', 'buckets') THEN
    RAISE EXCEPTION 'outside of the closed grammar' USING ERRCODE = '22023';
  END IF;
  IF kind <> 'count' THEN
    about := described -> measured;
    IF (about ->> 'summed')::boolean IS NOT TRUE OR low IS NULL OR high IS NULL OR low > high THEN
      RAISE EXCEPTION 'outside of the closed grammar' USING ERRCODE = '22023';
    END IF;
    -- No value stays none: greatest() alone would make the lower bound of it.
    clamped := format(
      'CASE WHEN %1$s IS NULL THEN NULL ELSE least(greatest(%1$s, %2$L::bigint), %3$L::bigint) END',
      about ->> 'value', low, high
    );
    middle := floor((low + high) / 2.0);
  END IF;
  IF kind = 'sum' THEN
    numbers := format('coalesce(sum(%s), 0)', clamped);
  ELSIF kind = 'moments' THEN
    numbers := format(
      'count(%1$s)::numeric, coalesce(sum((%2$s) - %3$L::bigint), 0), '
        || 'coalesce(sum(((%2$s) - %3$L::bigint)::numeric * ((%2$s) - %3$L::bigint)), 0)',
      about ->> 'value', clamped, middle
    );
  ELSIF kind = 'buckets' THEN
    IF width IS NULL OR width < 1 OR (high - low) / width >= ${bucketCeiling} THEN
      RAISE EXCEPTION 'outside of the closed grammar' USING ERRCODE = '22023';
    END IF;
    bucket := format('((%s) - %L::bigint) / %L::bigint', clamped, low, width);
    conditions := conditions || format('%s IS NOT NULL', about ->> 'value');
    numbers := format('%s, count(*)::numeric', bucket);
  END IF;
`

/** The keys of the dimensions, and conditions that rows have one of each and one of every filter's, all declared. */
export const conditionsSource = `  IF cardinality(dimensions) > 4 OR jsonb_array_length(filters) > 8 THEN
    RAISE EXCEPTION 'outside of the closed grammar' USING ERRCODE = '22023';
  END IF;
  FOREACH one IN ARRAY dimensions LOOP
    about := described -> one;
    IF about -> 'keys' IS NULL THEN
      RAISE EXCEPTION 'outside of the closed grammar' USING ERRCODE = '22023';
    END IF;
    keys := keys || (about ->> 'value');
    literals := ARRAY(SELECT jsonb_array_elements_text(about -> 'literals'));
    conditions := conditions
      || format('%s IN (%s)', about ->> 'value', array_to_string(literals, ', '));
  END LOOP;
  FOR filter IN SELECT jsonb_array_elements(filters) LOOP
    about := described -> (filter ->> 'element');
    IF (about ->> 'filter')::boolean IS NOT TRUE OR NOT (about -> 'keys') @> (filter -> 'keys')
      OR jsonb_array_length(filter -> 'keys') < 1
    THEN
      RAISE EXCEPTION 'outside of the closed grammar' USING ERRCODE = '22023';
    END IF;
    literals := ARRAY(
      SELECT about -> 'literals' ->> (known.place::integer - 1)
      FROM jsonb_array_elements(about -> 'keys') WITH ORDINALITY AS known(key, place)
      WHERE (filter -> 'keys') @> jsonb_build_array(known.key)
    );
    conditions := conditions
      || format('%s IN (%s)', about ->> 'value', array_to_string(literals, ', '));
  END LOOP;
`

/** The source of `aggregate`; of what it is given, only names and bounds are used, and only as values. */
function aggregateBody(described: string, table: string): string {
  return `
DECLARE
  -- What the description allows; only its own texts become part of the statement below.
  described CONSTANT jsonb := ${quoteLiteral(described)};
  keys text[] := '{}';
  conditions text[] := '{true}';
  numbers text := 'count(*)::numeric';
  clamped text;
  bucket text := '';
  middle bigint;
  one text;
  filter jsonb;
  about jsonb;
  literals text[];
BEGIN
${conditionsSource}${measureSource}  keys := CASE WHEN bucket = '' THEN keys ELSE keys || bucket END;
  RETURN QUERY EXECUTE format(
    'SELECT jsonb_build_array(%s), ARRAY[%s]::numeric[] FROM %s AS t WHERE %s',
    array_to_string(keys, ', '), numbers, ${quoteLiteral(table)},
    array_to_string(conditions, ' AND ')
  ) || CASE WHEN keys = '{}' THEN '' ELSE ' GROUP BY ' || array_to_string(keys, ', ') END;
END
`
}
