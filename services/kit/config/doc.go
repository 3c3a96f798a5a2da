// Package config reads the configuration of a process from defaults, a YAML file, the environment and flags, in rising
// order of precedence.
//
// A configuration is a struct whose fields say in tags all there is to know: `yaml` (the key), `default`, `doc`, `class`
// (visible, secret or hidden) and `example`. A key that no field has is an error that names the nearest one, and all
// errors are reported together. A secret is never a value here: its field holds the path of a file, and its key ends in
// _file. Check holds a struct to these rules, in a test of its package.
//
// This package does not watch files, and it opens no file but the configuration itself.
package config
