package walktest

import (
	"strings"

	"marsfix/steps/disk"
)

// NetDrive shows C:\net as N:\ and as a share; neither is among the drives.
type NetDrive struct{ disk.Reader }

func OnC(path string) string {
	for _, net := range []string{`N:\`, `\\files\agent\`} {
		if rest, ok := strings.CutPrefix(path, net); ok {
			return strings.TrimRight(`C:\net\`+rest, `\`)
		}
	}
	return path
}

func (n NetDrive) List(path string) ([]disk.Info, error) { return n.Reader.List(OnC(path)) }

func (n NetDrive) Stat(path string) (disk.Info, error) { return n.Reader.Stat(OnC(path)) }

func (n NetDrive) OpenStrict(p string) (disk.File, bool, error) { return n.Reader.OpenStrict(OnC(p)) }

func (n NetDrive) Open(path string, share disk.Share) (disk.File, error) {
	return n.Reader.Open(OnC(path), share)
}

// Removable: the folder C:\stick is a stick.
func (n NetDrive) Removable(path string) (bool, error) {
	return strings.HasPrefix(path, `C:\stick\`), nil
}

const (
	Downloads = `C:\Users\admin\Downloads\MARSAgentInstaller.exe`
	OnShare   = `\\files\agent\MARSAgentInstaller.exe`
	OnNet     = `N:\MARSAgentInstaller.exe`
	OnStick   = `C:\stick\MARSAgentInstaller.exe`
	RunFolder = OwnFolder + `\run-`
)
