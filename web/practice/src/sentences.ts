// Sentences to pick from, written for this page.
import type { Strings } from './i18n/index.js';

export interface SentenceGroup {
  title: (t: Strings) => string;
  texts: readonly string[];
}

export const sentenceGroups: readonly SentenceGroup[] = [
  {
    title: (t) => t.groupShort,
    texts: [
      'Ten of clubs.',
      'The kettle is on the stove.',
      'May I open the window?',
      'My sister rides a yellow bike.',
      'We had rice and fish for lunch.',
    ],
  },
  {
    title: (t) => t.groupLonger,
    texts: [
      'He was not an ill-disposed young man.',
      'On rainy Sundays my grandfather teaches me how to play chess.',
      'If you leave before seven, the train will be almost empty.',
      'She put the little green book back on the very top shelf.',
    ],
  },
  {
    title: (t) => t.groupSounds,
    texts: [
      'Three brothers thought about the weather.',
      'A very wise whale waved to a van.',
      'She sells six shiny ships.',
      'The light rain really ruined our long lunch.',
    ],
  },
  {
    title: (t) => t.groupWords,
    texts: ['Breakfast', 'Thursday', 'Vegetable', 'Comfortable', 'Squirrel', 'Library'],
  },
];

export const firstSentence = 'He was not an ill-disposed young man.';

/** The server's limits of one reading. */
export const maxTextBytes = 1000;
