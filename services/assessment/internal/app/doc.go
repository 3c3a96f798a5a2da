// Package app holds the use cases of the service, one file each, and declares the ports that they need.
//
// Each use case settles who may call it before it says anything of what exists, asks planning what it needs to know
// before any transaction, lets the domain find every broken rule of the request, and then saves in one transaction of
// the store. Nothing here is kept between calls, so an App is safe for concurrent use.
//
// This package knows no wire format and no SQL.
package app
