// Short tones. A browser lets a page sound only when somebody has touched it: until then a tone that was due is told instead.

let audio = null;
let muffled = false;
let tell = () => {};

// Whether a tone was due and nobody heard it; `then` is called when that changes.
export const isMuffled = () => muffled;
export const onMuffled = (then) => { tell = then; };

function setMuffled(value) {
  if (muffled === value) return;
  muffled = value;
  tell();
}

// Any touch of the page lets it sound, and a tone says that it does.
export async function unmuffle() {
  if (!muffled) return;
  await audio.resume().catch(() => {});
  if (audio.state !== "running") return;
  setMuffled(false);
  sound(880, 1);
}

export function sound(hertz, beeps, seconds = 0.14) {
  audio ??= new AudioContext();
  if (audio.state === "running") {
    play(hertz, beeps, seconds);
    return;
  }
  // What was only just made needs a moment too; without a touch this stays a wish, and a tone of long ago is no news.
  const due = performance.now();
  audio.resume().then(() => {
    setMuffled(false);
    if (performance.now() - due < 1000) play(hertz, beeps, seconds);
  }, () => {});
  setTimeout(() => { if (audio.state !== "running") setMuffled(true); }, 500);
}

function play(hertz, beeps, seconds) {
  for (let beep = 0; beep < beeps; beep += 1) {
    const start = audio.currentTime + beep * seconds * 1.6;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.2, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + seconds);
  }
}
