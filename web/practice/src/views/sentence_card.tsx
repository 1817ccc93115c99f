// The sentence to read; buttons to hear it and to choose another one.
import { useRef, useState } from 'preact/hooks';
import { useSpeech } from '../i18n/index.js';
import { unreadableWords, wordsRefused } from '../readable_text.js';
import { maxTextBytes, sentenceGroups } from '../sentences.js';
import type { Server } from '../server.js';

interface Props {
  text: string;
  busy: boolean;
  speaking: boolean;
  server: Server;
  choose: (text: string) => void;
  speak: (speed: number) => void;
  hush: () => void;
}

const normalSpeed = 1;
const slowSpeed = 0.7;

export function SentenceCard({ text, busy, speaking, server, choose, speak, hush }: Props) {
  const { t } = useSpeech();
  const [choosing, setChoosing] = useState(false);
  const [spokenSpeed, setSpokenSpeed] = useState(normalSpeed);
  const sentence = useRef<HTMLParagraphElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const take = (chosen: string): void => {
    setChoosing(false);
    choose(chosen);
    sentence.current?.focus();
  };
  const cancel = (): void => {
    setChoosing(false);
    opener.current?.focus();
  };
  const listen = (speed: number): void => {
    setSpokenSpeed(speed);
    speak(speed);
  };
  return (
    <section class="card sentence-card" aria-labelledby="read-this">
      <div class="card-head">
        <h2 id="read-this">{t.readThis}</h2>
        <button
          type="button"
          class="quiet"
          ref={opener}
          aria-expanded={choosing}
          aria-controls="chooser"
          disabled={busy}
          onClick={() => setChoosing(!choosing)}
        >
          {t.otherSentence}
        </button>
      </div>
      <p id="sentence" ref={sentence} class={text.length > 90 ? 'sentence long' : 'sentence'} lang="en" tabIndex={-1}>
        {text}
      </p>
      <div class="row">
        <ListenButton
          label={t.listen}
          icon="M4 9v6h4l5 4V5L8 9zM16.5 8a5 5 0 0 1 0 8"
          busy={busy}
          speaking={speaking && spokenSpeed === normalSpeed}
          speak={() => listen(normalSpeed)}
          hush={hush}
        />
        <ListenButton
          label={t.listenSlowly}
          icon="M4 9v6h4l5 4V5L8 9zM16 12h4"
          busy={busy}
          speaking={speaking && spokenSpeed === slowSpeed}
          speak={() => listen(slowSpeed)}
          hush={hush}
        />
      </div>
      <div id="chooser" hidden={!choosing}>
        {choosing && <Chooser text={text} server={server} take={take} cancel={cancel} />}
      </div>
    </section>
  );
}

function Icon({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

interface ListenProps {
  label: string;
  icon: string;
  busy: boolean;
  /** What this button began. */
  speaking: boolean;
  speak: () => void;
  hush: () => void;
}

function ListenButton({ label, icon, busy, speaking, speak, hush }: ListenProps) {
  const { t } = useSpeech();
  return (
    <button type="button" class="soft" disabled={busy} onClick={speaking ? hush : speak}>
      <Icon path={speaking ? 'M7 7h10v10H7z' : icon} /> {speaking ? t.stopListening : label}
    </button>
  );
}

interface ChooserProps {
  text: string;
  server: Server;
  take: (text: string) => void;
  cancel: () => void;
}

function Chooser({ text, server, take, cancel }: ChooserProps) {
  const { t } = useSpeech();
  const [own, setOwn] = useState('');
  const [refused, setRefused] = useState<readonly string[]>([]);
  const typed = own.replace(/\s+/g, ' ').trim();
  const tooLong = new TextEncoder().encode(typed).length > maxTextBytes;
  const strange = [...unreadableWords(typed), ...refused];
  const submit = async (): Promise<void> => {
    if (typed === '' || tooLong || strange.length > 0) return;
    const words = await wordsRefused(server, typed);
    if (words.length === 0) take(typed);
    else setRefused(words);
  };
  const hint = tooLong ? t.tooLong : strange.length > 0 ? t.unreadable(strange.join(' ')) : t.ownHint;
  return (
    <div class="chooser">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label for="own">{t.ownLabel}</label>
        <textarea
          id="own"
          lang="en"
          rows={2}
          value={own}
          aria-describedby="own-hint"
          aria-invalid={tooLong || strange.length > 0}
          onInput={(event) => {
            setOwn(event.currentTarget.value);
            setRefused([]);
          }}
        />
        <p id="own-hint" class="hint" role="status">
          {hint}
        </p>
        <div class="row">
          <button type="submit" class="primary" disabled={typed === '' || tooLong || strange.length > 0}>
            {t.use}
          </button>
          <button type="button" class="quiet" onClick={cancel}>
            {t.cancel}
          </button>
        </div>
      </form>
      {sentenceGroups.map((group) => (
        <div key={group.texts[0]} class="group">
          <h3>{group.title(t)}</h3>
          <ul>
            {group.texts.map((each) => (
              <li key={each}>
                <button type="button" class="choice" lang="en" aria-pressed={each === text} onClick={() => take(each)}>
                  {each}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
