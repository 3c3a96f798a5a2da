package app

// Enter lets tests propose as whom they like.
var Enter = (*Decide).enter
