/**
 * Names of people, streets and towns that exist nowhere: given names from several languages, so
 * that no place is meant, and family names put together from two halves.
 */
type Names = readonly [string, ...string[]]

// prettier-ignore
/** Given names of the synthetic people. */
export const givenNames: Names = [
  'Ada', 'Aino', 'Alba', 'Amadou', 'Amélie', 'Anouk', 'Arlo', 'Basile', 'Beatriz', 'Björn',
  'Camille', 'Carmen', 'Chidi', 'Clara', 'Cosme', 'Dalia', 'Dario', 'Delphine', 'Edda', 'Eira',
  'Elias', 'Elvira', 'Emre', 'Enzo', 'Esther', 'Fatou', 'Felix', 'Fiona', 'Florian', 'Freya',
  'Gaël', 'Gemma', 'Gino', 'Greta', 'Hana', 'Hugo', 'Ilse', 'Imani', 'Ines', 'Ivo',
  'Jonas', 'Juliette', 'Kaito', 'Kalina', 'Kofi', 'Lena', 'Léonie', 'Lior', 'Luca', 'Lucía',
  'Mael', 'Maren', 'Marta', 'Mateo', 'Mei', 'Milan', 'Mina', 'Nadia', 'Nico', 'Nils',
  'Noor', 'Odile', 'Olga', 'Omar', 'Orla', 'Oskar', 'Paloma', 'Petra', 'Piet', 'Quentin',
  'Rafael', 'Rania', 'Remy', 'Rosa', 'Ruben', 'Saga', 'Sami', 'Selma', 'Sofia', 'Soren',
  'Tariq', 'Tessa', 'Thea', 'Tomas', 'Ulla', 'Umar', 'Valentin', 'Vera', 'Viggo', 'Wanda',
  'Wim', 'Xavi', 'Yara', 'Yusuf', 'Zelda', 'Zoé',
]

// prettier-ignore
const familyFirst: Names = [
  'Alder', 'Amber', 'Ash', 'Birch', 'Bram', 'Brindle', 'Clover', 'Corn', 'Dapple', 'Elder',
  'Fen', 'Fern', 'Flax', 'Gorse', 'Hazel', 'Heather', 'Holly', 'Ivy', 'Juniper', 'Larch',
  'Linden', 'Maple', 'Marl', 'Moss', 'Nettle', 'Oak', 'Quill', 'Reed', 'Rowan', 'Rush',
  'Sedge', 'Sorrel', 'Tansy', 'Teasel', 'Thistle', 'Vetch', 'Willow', 'Wren', 'Yarrow', 'Yew',
]

// prettier-ignore
const familySecond: Names = [
  'bank', 'beck', 'bourne', 'bridge', 'brook', 'combe', 'croft', 'dale', 'den', 'fell',
  'field', 'ford', 'garth', 'gate', 'grove', 'holt', 'hurst', 'lock', 'mere', 'mill',
  'more', 'ridge', 'shaw', 'stead', 'stow', 'thorpe', 'wade', 'well', 'wick', 'wood',
]

/** Every family name of the synthetic people: 1,200 compounds such as `Brindleholt`. */
export const familyNames: Names = [
  'Alderbank',
  ...familyFirst.flatMap((first) => familySecond.map((second) => first + second)).slice(1),
]

// prettier-ignore
/** Street names of the synthetic towns. */
export const streetNames: Names = [
  'Bakehouse Lane', 'Bell Yard', 'Canal Walk', 'Cooper Street', 'Dyers Row', 'Ferry Road',
  'Foundry Lane', 'Garden Terrace', 'Granary Street', 'Harbour View', 'Kiln Road', 'Lamp Street',
  'Lower Quay', 'Market Hill', 'Meadow Way', 'Mill Race', 'Old Tannery', 'Orchard Close',
  'Paper Street', 'Quarry Rise', 'Rope Walk', 'Saddlers Court', 'Station Road', 'Tide Street',
  'Upper Lock', 'Vine Street', 'Weavers Row', 'Wharf Road', 'Windmill Lane', 'Yard Street',
]

/** The districts of the synthetic country: its coarsest geography, a closed domain. */
export const districts: Names = ['Northmere', 'Eastholm', 'Southvale', 'Westfen', 'Midwater']
