// What stands around a notice in a mail or a message, in English; the daemon reads this file itself. The other languages have the same keys.

export const say = {
  failure: "failure",
  warning: "warning",
  mailFailure: "FAILURE",
  whatToDo: "What to do: {1}",
  signature: "pressmark at {1}",
};
