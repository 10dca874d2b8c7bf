@echo off
rem Starts Maven. Maven itself may run on any JDK from 17 on; the build finds the JDK 25 it compiles with by itself.
setlocal
set "maven=mvn.cmd"
if defined MAVEN_HOME if exist "%MAVEN_HOME%\bin\mvn.cmd" set "maven=%MAVEN_HOME%\bin\mvn.cmd"
where "%maven%" >nul 2>nul || if not exist "%maven%" (
  echo Aerie is built with Maven 3.8 or newer and found none: install it, for example with winget install Apache.Maven. 1>&2
  exit /b 1
)
call "%maven%" -f "%~dp0pom.xml" %*
exit /b %errorlevel%
