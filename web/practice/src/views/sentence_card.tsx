// The sentence to read, hearing it, and choosing another one.
import { useState } from 'preact/hooks';
import { useSpeech } from '../i18n/index.js';
import { maxTextBytes, sentenceGroups } from '../sentences.js';

interface Props {
  text: string;
  busy: boolean;
  speaking: boolean;
  choose: (text: string) => void;
  speak: (speed: number) => void;
  hush: () => void;
}

const slowSpeed = 0.7;

export function SentenceCard({ text, busy, speaking, choose, speak, hush }: Props) {
  const { t } = useSpeech();
  const [choosing, setChoosing] = useState(false);
  const take = (chosen: string): void => {
    setChoosing(false);
    choose(chosen);
  };
  return (
    <section class="card sentence-card" aria-labelledby="read-this">
      <div class="card-head">
        <h2 id="read-this">{t.readThis}</h2>
        <button
          type="button"
          class="quiet"
          aria-expanded={choosing}
          aria-controls="chooser"
          disabled={busy}
          onClick={() => setChoosing(!choosing)}
        >
          {t.otherSentence}
        </button>
      </div>
      <p id="sentence" class={text.length > 90 ? 'sentence long' : 'sentence'} lang="en" tabIndex={-1}>
        {text}
      </p>
      <div class="row">
        {speaking ? (
          <button type="button" class="soft" onClick={hush}>
            <Icon path="M7 7h10v10H7z" /> {t.stopListening}
          </button>
        ) : (
          <>
            <button type="button" class="soft" disabled={busy} onClick={() => speak(1)}>
              <Icon path="M4 9v6h4l5 4V5L8 9zM16.5 8a5 5 0 0 1 0 8" /> {t.listen}
            </button>
            <button type="button" class="soft" disabled={busy} onClick={() => speak(slowSpeed)}>
              <Icon path="M4 9v6h4l5 4V5L8 9zM16 12h4" /> {t.listenSlowly}
            </button>
          </>
        )}
      </div>
      <div id="chooser" hidden={!choosing}>
        {choosing && <Chooser text={text} take={take} cancel={() => setChoosing(false)} />}
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

interface ChooserProps {
  text: string;
  take: (text: string) => void;
  cancel: () => void;
}

function Chooser({ text, take, cancel }: ChooserProps) {
  const { t } = useSpeech();
  const [own, setOwn] = useState('');
  const typed = own.replace(/\s+/g, ' ').trim();
  const tooLong = new TextEncoder().encode(typed).length > maxTextBytes;
  return (
    <div class="chooser">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== '' && !tooLong) take(typed);
        }}
      >
        <label for="own">{t.ownLabel}</label>
        <textarea
          id="own"
          lang="en"
          rows={2}
          value={own}
          aria-describedby="own-hint"
          onInput={(event) => setOwn(event.currentTarget.value)}
        />
        <p id="own-hint" class="hint">
          {tooLong ? t.tooLong : t.ownHint}
        </p>
        <div class="row">
          <button type="submit" class="primary" disabled={typed === '' || tooLong}>
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
