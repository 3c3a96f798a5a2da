package pack

// Strict is how files are read, for the tables of the tests.
var Strict = strict
