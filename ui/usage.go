package ui

// Usage is what marsfix --help prints; a test holds that it fits 80x24 and names every command and flag.
const Usage = `marsfix puts a lost package back into the Windows Installer cache, so that the
upgrade of the MARS Agent stops failing with error 1612 (Microsoft KB 4020490).

  marsfix              the wizard on this computer, as administrator
  marsfix practice     the wizard on a practice computer, on any system
  marsfix diagnose     look only, change nothing
  marsfix undo         take back the copy that marsfix made
  marsfix bundle       one zip for Microsoft Support, without secrets

Wizard and practice:   --installer FILE   --patch-log FILE   --setup-log FILE
                       --plain   --no-color   --ascii   --report DIR
Practice:              --scenario NAME   --list   --keep DIR   --tour
Diagnose:              --json or --line   --root DIR   --report DIR
Bundle:                --out FILE   --hide-users
Anywhere:              --help   --version

Exit codes:            0 good, 1 failed or refused, 3 left by the engineer,
                       64 wrong usage, 70 internal error
      of diagnose:     0 healthy, 1 repair needed, 2 unclear
More on a command:     marsfix practice --help
`
