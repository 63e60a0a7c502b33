// Command print prints a line and does nothing else: the least that a program's start takes.
package main

import "fmt"

func main() { fmt.Println("a line") }
