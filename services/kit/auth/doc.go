// Package auth knows who calls: principals in contexts, the tokens that prove them, and the credentials of services.
//
// A Principal comes only from a token whose signature, issuer, audience and times were verified here; a context without
// one holds the anonymous citizen. A verified token is remembered until it expires, so a withdrawn token works until
// then: lives are minutes. The keys made here are for development and for installations without an identity provider.
//
// This package does not decide what a caller may do; package access does. It logs nothing.
package auth
