// Short tones; silent where the browser does not let a page sound before somebody touched it.

let audio = null;

export function sound(hertz, beeps, seconds = 0.14) {
  audio ??= new AudioContext();
  if (audio.state !== "running") {
    audio.resume();
    return;
  }
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
