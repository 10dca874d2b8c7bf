@echo off
rem Opens Aerie, building it first where that has not been done. After a change of the sources: mvnw process-classes
setlocal
set "launch=%~dp0target\launch"
if not exist "%launch%\flags" (
  echo Building Aerie... 1>&2
  call "%~dp0mvnw.cmd" -q process-classes 1>&2 || exit /b 1
)
set /p java=<"%launch%\java"
"%java%" "@%launch%\flags" %AERIE_JAVA_OPTIONS% dev.aerie.boot.Main %*
exit /b %errorlevel%
