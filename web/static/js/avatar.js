// An agent's avatar: its emoji, or the first letter of its name where this machine has no picture of that emoji.

let ink = null;
const seen = new Map();

/** What to show for it. */
export function face(avatar, name) {
  if (!seen.has(avatar)) seen.set(avatar, drawn(avatar));
  return seen.get(avatar) ? avatar : [...name.trim()][0]?.toUpperCase() ?? "";
}

/** Whether it is drawn as more than an empty box: in colours, as emoji are, or not as an emoji that nobody has. */
function drawn(text) {
  ink ??= Object.assign(document.createElement("canvas"), { width: 24, height: 24 }).getContext("2d", { willReadFrequently: true });
  if (!/\S/.test(text)) return false;
  if (!/\p{Extended_Pictographic}/u.test(text)) return true;
  ink.clearRect(0, 0, 24, 24);
  ink.font = "18px Manrope, system-ui, sans-serif";
  ink.fillText(text, 1, 19);
  const { data } = ink.getImageData(0, 0, 24, 24);
  return data.some((value, index) => index % 4 < 3 && value > 8 && data[index + 3 - (index % 4)] > 0);
}
