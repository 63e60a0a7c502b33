package cache

import (
	"fmt"
	"strings"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// AsideProblem is the problem of a file that could not be set aside.
func AsideProblem(path string, err error) *screen.Problem {
	p := computer.WriteProblem(path, err)
	p.Message = fmt.Sprintf("cannot set \"%s\" aside: %v", path, disk.Cause(err))
	return p
}

// asideMark stands between the name of an unusable file and the time at which it was set aside.
const (
	asideMark = ".marsfix-"
	asideTime = "20060102T150405Z"
)

// AsideName is the name under which an unusable file is kept, in the same folder.
func AsideName(path string, at time.Time) string {
	return path + asideMark + at.UTC().Format(asideTime)
}

// IsAside reports whether aside is a name that AsideName gives to a file at path.
func IsAside(path, aside string) bool {
	n := len(path) + len(asideMark)
	if len(aside) <= n || !disk.SamePath(aside[:len(path)], path) || !strings.EqualFold(aside[len(path):n], asideMark) {
		return false
	}
	_, err := time.Parse(asideTime, aside[n:])
	return err == nil
}
