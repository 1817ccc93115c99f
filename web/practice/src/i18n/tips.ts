// Advice about a code, in words that a child understands. The codes are those of docs/status-codes.md
// and the tips (tipId) of a result.
import { keptReason } from '../result/kept_reason.js';
import type { Language } from './index.js';

export type Tip = Record<Language, string>;

const tips: Readonly<Record<number, Tip>> = {
  20001: {
    en: 'I heard nobody speak. Press the button, wait until it is red, then read.',
    zh: '没有听到你说话。按下按钮，等它变红，再开始读。',
  },
  20002: {
    en: 'There was no sound at all. Is the microphone plugged in and switched on?',
    zh: '一点声音都没有。麦克风插好、打开了吗？',
  },
  20101: { en: 'You whispered. Use your normal voice.', zh: '你的声音像耳语，请用平常的声音读。' },
  20102: {
    en: 'Your voice was too short to hear. Read the whole text in your normal voice.',
    zh: '声音太短了，请用平常的声音把内容读完。',
  },
  20300: { en: 'The reading broke off. Read the text from the start to the end.', zh: '朗读中断了，请从头读到尾。' },
  20301: {
    en: 'One of the words has no known sound. Check how it is spelled.',
    zh: '有一个词不知道怎么读，请检查拼写。',
  },
  20302: {
    en: 'That was a different text. Read the words that stand on the page.',
    zh: '你读的是别的内容，请读页面上的句子。',
  },
  20303: { en: 'That was too quick for so many words. Read a little slower.', zh: '读得太快了，请慢一点读。' },
  20401: {
    en: 'It is noisy around you. Find a quiet place, or come closer to the microphone.',
    zh: '周围太吵了。找一个安静的地方，或者离麦克风近一点。',
  },
  20402: {
    en: 'You were very quiet. Come closer to the microphone and speak up.',
    zh: '声音太小了。离麦克风近一点，大声一点。',
  },
  20403: { en: 'You were too loud. Move a little away from the microphone.', zh: '声音太大了，离麦克风远一点。' },
  20404: {
    en: 'Your voice was so loud that it crackled. Move away from the microphone a little.',
    zh: '声音太大，破音了。离麦克风远一点。',
  },
  500: { en: 'Something went wrong on the server. Please try again.', zh: '服务器出了点问题，请再试一次。' },
  503: { en: 'Many are reading at the same time. Wait a moment and try again.', zh: '现在读的人很多，请稍等再试。' },
  40001: { en: 'The recording is not there any more.', zh: '这段录音已经不在了。' },
  40002: { en: 'The server could not keep the recording. Tell your teacher.', zh: '服务器没能保存录音，请告诉老师。' },
  40003: { en: 'The recording could not be read. Please try again.', zh: '录音读不出来，请再试一次。' },
  40004: { en: 'The recording was empty. Press the button, then read.', zh: '录音是空的。按下按钮，再开始读。' },
  40031: { en: 'This text cannot be practised. Choose another one.', zh: '这段内容不能练习，请换一段。' },
  40051: { en: 'The server is still getting ready. Try again in a moment.', zh: '服务器还在准备，请稍后再试。' },
  40080: {
    en: 'You are not signed in any more. Open the page once more through your school or app.',
    zh: '登录已经结束，请从学校或应用重新打开页面。',
  },
  40082: { en: 'You may not do that with this sign-in.', zh: '你的登录不能这样做。' },
  50002: {
    en: 'The page may not use the microphone. Press the lock beside the address, allow the microphone, then try again.',
    zh: '页面不能使用麦克风。点地址栏旁边的锁，允许麦克风，然后再试。',
  },
  50003: { en: 'There is no microphone. Plug one in, then try again.', zh: '没有找到麦克风。插上一个，然后再试。' },
  50101: { en: 'The server cannot be reached. I keep trying.', zh: '连不上服务器，正在继续尝试。' },
  50102: {
    en: 'The server does not let you in. Open the page once more through your school or app.',
    zh: '服务器没有让你进入，请从学校或应用重新打开页面。',
  },
  50103: { en: 'The server closed the line. I am connecting again.', zh: '服务器断开了，正在重新连接。' },
  50104: {
    en: 'The line broke. I am connecting again; nothing you said is lost.',
    zh: '连接断了，正在重新连接，你说的话不会丢。',
  },
  50105: { en: 'The network is gone. Is the WLAN switched on?', zh: '网络断了。无线网打开了吗？' },
  50201: { en: 'The answer takes too long. Please try again.', zh: '等结果太久了，请再试一次。' },
  50409: { en: 'The recording is not there any more.', zh: '这段录音已经不在了。' },
  50410: { en: 'The server could not give the recording. Please try again.', zh: '服务器没能给出录音，请再试一次。' },
  50411: { en: 'The network is slow just now. Wait a little.', zh: '网络有点慢，请等一下。' },
  50412: { en: 'The recording cannot be played.', zh: '这段录音播放不了。' },
  90001: { en: 'You did not read all of it. Try to read to the end.', zh: '没有读完，试着读到最后。' },
  90002: { en: 'There was a lot of silence. Read without long breaks.', zh: '停顿太多了，读的时候不要停太久。' },
  90003: { en: 'You were rather quiet. Come closer to the microphone.', zh: '声音有点小，离麦克风近一点。' },
  90004: { en: 'You were rather loud. Move a little away from the microphone.', zh: '声音有点大，离麦克风远一点。' },
  90005: { en: 'It was rather noisy. A quiet place gives better scores.', zh: '周围有点吵，安静的地方分数更准。' },
};

/** A recording that the server cannot take now is kept in the page. */
const keptTips: Readonly<Record<number, Tip>> = {
  503: {
    en: 'Many are reading at the same time. Your reading is kept, and is sent again in a moment.',
    zh: '现在读的人很多。你的朗读已经保留，马上会再发送。',
  },
  40002: {
    en: 'The server has no room just now. Your reading is kept, and is sent again in a moment. Tell your teacher.',
    zh: '服务器现在没有空间。你的朗读已经保留，马上会再发送，请告诉老师。',
  },
  40051: {
    en: 'The server is getting ready. Your reading is kept, and is sent as soon as it can be.',
    zh: '服务器正在准备。你的朗读已经保留，准备好了就会发送。',
  },
  50101: {
    en: 'The server cannot be reached. I keep trying, and nothing you said is lost.',
    zh: '连不上服务器，正在继续尝试，你说的话不会丢。',
  },
  50103: {
    en: 'The line broke. I am connecting again; nothing you said is lost.',
    zh: '连接断了，正在重新连接，你说的话不会丢。',
  },
};

/** The reason for a missing microphone (50003), if the browser reports more. */
const noMicrophoneCode: Readonly<Record<string, Tip>> = {
  'insecure-page': {
    en: 'Browsers give the microphone only to safe pages. Open this page with https:// in front, or as http://localhost on the server’s own machine. Whoever runs the server switches https on with: saywell serve --tls-self',
    zh: '浏览器只把麦克风交给安全的页面。请用 https:// 开头的地址打开，或者在服务器本机用 http://localhost 打开。管理员可以这样打开 https：saywell serve --tls-self',
  },
  unsupported: {
    en: 'This browser cannot record. Take a newer one: Chrome, Edge, Firefox or Safari.',
    zh: '这个浏览器不能录音，请换新一点的 Chrome、Edge、Firefox 或 Safari。',
  },
  policy: {
    en: 'This page may not run the recorder. Tell whoever runs the server.',
    zh: '这个网页不能运行录音程序，请告诉管理员。',
  },
  unreachable: {
    en: 'A part of this page could not be loaded. Load the page again.',
    zh: '网页有一部分没有加载出来，请重新打开网页。',
  },
  unusable: {
    en: 'The microphone does not answer. Perhaps another program uses it. Close that one, then try again.',
    zh: '麦克风没有反应，可能别的程序正在用它。关掉那个程序，再试一次。',
  },
};

/** The tip of a code; null: it has none. `reason`: of 50003, or keptReason. */
export function tipFor(code: number, reason = ''): Tip | null {
  if (reason === keptReason && keptTips[code]) return keptTips[code];
  if (code === 50003 && noMicrophoneCode[reason]) return noMicrophoneCode[reason];
  return tips[code] ?? null;
}
