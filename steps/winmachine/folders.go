package winmachine

import "strings"

// folders is a list of folders, each once however it is written.
type folders []string

func (fs *folders) add(dir string) {
	if !strings.HasSuffix(dir, `:\`) {
		dir = strings.TrimRight(dir, `\`)
	}
	if len(dir) < len(`C:\`) {
		return
	}
	for _, have := range *fs {
		if strings.EqualFold(have, dir) {
			return
		}
	}
	*fs = append(*fs, dir)
}
