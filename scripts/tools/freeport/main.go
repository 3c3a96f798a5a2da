// Command freeport prints free loopback TCP ports, one a line; the argument says how many.
package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
)

func main() {
	count := 1
	if len(os.Args) > 1 {
		n, err := strconv.Atoi(os.Args[1])
		if err != nil || n < 1 || n > 100 {
			fmt.Fprintln(os.Stderr, "usage: freeport [1-100]")
			os.Exit(64)
		}
		count = n
	}
	// All are held open until the last is known, so that no port is given twice.
	for range count {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			fmt.Fprintln(os.Stderr, "freeport:", err)
			os.Exit(70)
		}
		defer l.Close()
		fmt.Println(l.Addr().(*net.TCPAddr).Port)
	}
}
