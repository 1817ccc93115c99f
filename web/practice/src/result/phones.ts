// The two alphabets of phones: the lower-case ARPAbet of answers, and IPA.
export type Alphabet = 'ipa' | 'arpabet';

// prettier-ignore
const ipaLetters: Readonly<Record<string, string>> = {
  aa: 'ɑ', ae: 'æ', ah: 'ʌ', ao: 'ɔ', aw: 'aʊ', ay: 'aɪ', b: 'b', ch: 'tʃ', d: 'd', dh: 'ð',
  eh: 'ɛ', er: 'ɝ', ey: 'eɪ', f: 'f', g: 'ɡ', hh: 'h', ih: 'ɪ', iy: 'i', jh: 'dʒ', k: 'k',
  l: 'l', m: 'm', n: 'n', ng: 'ŋ', ow: 'oʊ', oy: 'ɔɪ', p: 'p', r: 'ɹ', s: 's', sh: 'ʃ',
  t: 't', th: 'θ', uh: 'ʊ', uw: 'u', v: 'v', w: 'w', y: 'j', z: 'z', zh: 'ʒ',
};

export const arpabetPhones: readonly string[] = Object.keys(ipaLetters);

/** One phone of an answer in the learner's alphabet: "θ" or "TH". */
export function writePhone(phone: string, alphabet: Alphabet): string {
  return alphabet === 'ipa' ? (ipaLetters[phone] ?? phone) : phone.toUpperCase();
}
